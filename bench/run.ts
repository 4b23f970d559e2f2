// npm run bench: syncmgr beside the tools people use instead, as whole processes on the same data.
//   --files N     small files (100000)       --rounds N   rounds (5)
//   --large N     large files (20), 0: none  --mebibytes N  size of each (256)
//   --only A,B    tools whose names contain one of these   --in FOLDER  where to make the disk
//   --write NAME  keep the report as bench/results/NAME.md
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Installed, installPacked } from '../tools/packed.ts';
import type { Command, measure } from './measure.ts';
import { makePlace } from './place.ts';
import { table } from './report.ts';
import { peers, plainEnvironment, syncmgr, type Tool } from './tools.ts';
import { large, type Results, runStarts, runWorks, small } from './works.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    large: { type: 'string', default: '20' },
    mebibytes: { type: 'string', default: '256' },
    only: { type: 'string', default: '' },
    in: { type: 'string' },
    write: { type: 'string' },
  },
});
const [files, rounds, largeFiles, mebibytes] = [
  Number(values.files),
  Number(values.rounds),
  Number(values.large),
  Number(values.mebibytes),
];
const say = (text: string) => process.stderr.write(`${text}\n`);
const wanted = (tool: Pick<Tool, 'name'>) =>
  values.only.split(',').some((word) => tool.name.includes(word));

const packed = wanted({ name: 'syncmgr sync' }) ? installPacked() : null;
const place = makePlace(values.in);
try {
  const tools = [...peers(), ...(packed ? [syncmgr(packed.program, packed.path)] : [])].filter(
    wanted,
  );
  const report = [
    heading(tools),
    ...(packed
      ? [table(starts(packed), ['node -e 0', 'syncmgr --version', 'syncmgr --help'])]
      : []),
    ...(files > 0 ? [works(runWorks(place.folder, small(files), tools, rounds, say), tools)] : []),
    ...(largeFiles > 0
      ? [works(runWorks(place.folder, large(largeFiles, mebibytes), tools, rounds, say), tools)]
      : []),
  ].join('\n');
  process.stdout.write(report);
  if (values.write) {
    const results = join(import.meta.dirname, 'results');
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, `${values.write}.md`), report);
  }
} finally {
  place.remove();
  if (packed) rmSync(packed.folder, { recursive: true, force: true });
}

function works(results: Results, tools: readonly Tool[]): string {
  return table(
    results,
    tools.map(({ name }) => name),
  );
}

function starts({ program, path }: Installed): Results {
  const environment = { ...plainEnvironment(), PATH: path };
  const of = (...command: Command): Parameters<typeof measure> => [command, environment];
  return runStarts(
    new Map([
      ['node -e 0', of('node', '-e', '0')],
      ['syncmgr --version', of(program, '--version')],
      ['syncmgr --help', of(program, '--help')],
    ]),
  );
}

function heading(tools: readonly Tool[]): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const [processor] = cpus();
  const versions = tools.map(({ name, version }) => `${name} ${version}`).join(', ');
  return `# Bench, ${new Date().toISOString().slice(0, 10)}

${cpus().length} × ${processor?.model}, ${memory} GiB, Linux ${release()}, ${place.description}; Node ${process.version}.
${versions}.
Whole processes from the shell, warm cache, medians of ${rounds} interleaved rounds (starts: 21); ratios are to the
first column. \`small\`: ${files} files; \`large\`: ${largeFiles} files of ${mebibytes} MiB. Two-way tools have half of the changes made on
each side. After every work the two sides were compared byte by byte.

`;
}
