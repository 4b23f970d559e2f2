// npm run bench: syncmgr beside the tools people use instead and the floor, as whole processes on the
// same data.
//   --only A,B    parts: start, small, tiny, large, real (all)     --rounds N   rounds (5)
//   --tools A,B   tools whose names contain one of these           --in FOLDER  where to make the disk
//   --files N     small files (100000)      --tiny N        tiny files (1000000), and a tenth of them
//   --large N     large files (20)          --mebibytes N   size of each (256)
//   --disk KIND   ext4 (the usual), xfs or btrfs    --write NAME  keep the report as bench/results/NAME.md
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Installed, installPacked } from '../tools/packed.ts';
import { compileFloor } from './floor.ts';
import type { Command, measure } from './measure.ts';
import { large, type Part, real, small, tiny } from './parts.ts';
import { isDiskKind, makePlace } from './place.ts';
import { failureList, growthTable, table } from './report.ts';
import { floors, peers, plainEnvironment, syncmgr, type Tool } from './tools.ts';
import { type Outcome, runStarts, runWorks } from './works.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,small,tiny,large,real' },
    tools: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    files: { type: 'string', default: '100000' },
    tiny: { type: 'string', default: '1000000' },
    large: { type: 'string', default: '20' },
    mebibytes: { type: 'string', default: '256' },
    in: { type: 'string' },
    disk: { type: 'string', default: 'ext4' },
    write: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const wantedParts = values.only.split(',');
const say = (text: string) => process.stderr.write(`${text}\n`);
const wanted = (tool: Pick<Tool, 'name'>) =>
  values.tools.split(',').some((word) => tool.name.includes(word));

const packed = wanted({ name: 'syncmgr sync' }) ? installPacked() : null;
const floor = compileFloor();
if (!isDiskKind(values.disk)) throw new Error(`--disk: there is no ${values.disk} here.`);
const place = makePlace(values.in, values.disk);
const pieces: string[] = [];
try {
  const tools = [
    ...peers(),
    ...(packed ? [syncmgr(packed.program, packed.path)] : []),
    ...floors(floor),
  ].filter(wanted);
  give(heading(tools));
  if (packed && wantedParts.includes('start')) {
    give(table(starts(packed), ['node -e 0', 'syncmgr --version', 'syncmgr --help']));
  }
  if (wantedParts.includes('small')) run(small(Number(values.files)), tools);
  if (wantedParts.includes('tiny')) runTiny(tools);
  if (wantedParts.includes('large'))
    run(large(Number(values.large), Number(values.mebibytes)), tools);
  if (wantedParts.includes('real')) run(real(['/usr/share', '/usr/lib']), tools);
} finally {
  place.remove();
  floor?.remove();
  if (packed) rmSync(packed.folder, { recursive: true, force: true });
  if (values.write) {
    const results = join(import.meta.dirname, 'results');
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, `${values.write}.md`), pieces.join('\n'));
  }
}

/** Each piece of the report as soon as it stands: what ends early has told what it knew. */
function give(piece: string): void {
  pieces.push(piece);
  process.stdout.write(`${piece}\n`);
}

function run(part: Part, tools: readonly Tool[]): Outcome {
  const outcome = runWorks(place.folder, part, tools, rounds, say);
  const left = part.without.length === 0 ? '' : `; without ${part.without.join(' and ')}`;
  give(`## ${part.name}: ${part.description}${left}\n`);
  give(table(outcome.results, namesOf(tools)));
  give(failureList(outcome.failures));
  return outcome;
}

function runTiny(tools: readonly Tool[]): void {
  const count = Number(values.tiny);
  const tenth = run(tiny(count / 10), tools);
  const whole = run(tiny(count), tools);
  give(growthTable(tenth.results, whole.results, namesOf(tools)));
}

function namesOf(tools: readonly Tool[]): readonly string[] {
  return tools.map(({ name }) => name);
}

function starts({ program, path }: Installed) {
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
  const compiled = floor === null ? '\nNo gcc here: the floor in C is left out.' : '';
  return `# Bench, ${new Date().toISOString().slice(0, 10)}

${cpus().length} × ${processor?.model}, ${memory} GiB, Linux ${release()}, ${place.description}; Node ${process.version}.
${versions}.${compiled}
Whole processes from the shell, warm cache, medians of ${rounds} interleaved rounds (starts: 21; with small files each
round does nothing, and a change, three times in turn); ratios are to the first column. Two-way tools have half of the
changes made on each side. After every first copy and every change the two sides were compared byte by byte.
\`C, 2 threads\` copies at first and later only looks at every entry.
`;
}
