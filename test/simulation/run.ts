// npm run simulate: drawn worlds, each against what must hold. One seed gives one world of each kind:
// --only planner, session, engine, twins, ring or crashes leaves the others out.
//   --seed N      that seed, with its course
//   --seeds N     so many of each kind (--planner N, --session N, --engine N, --twins N, --ring N of
//                 one), from --first on
//   --crashes N   all workloads of up to N deeds, cut off at every call; --long: up to three, and four
//                 of every eighth kind
//   --every N     of the workloads of two deeds and more one in N, another one each day (--turn)
//   --keep        writes what was counted into docs/proof.md
//   --day         drawn days of a manager that runs by itself, alone; with --file on a store on disk
//   --jobs N      so many processes at once
// Seeds that failed once stand in seeds.txt and run first. What was counted is the last line.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { sumCounts } from './counts.ts';
import { keepCounts } from './keep-counts.ts';
import type { World } from './kept-seeds.ts';
import { simulate } from './worlds.ts';

const number = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    first: { type: 'string', default: '1' },
    planner: number,
    session: number,
    engine: number,
    twins: number,
    ring: number,
    crashes: number,
    every: { type: 'string', default: '1' },
    turn: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    keep: { type: 'boolean', default: false },
    seed: number,
    only: number,
    jobs: { type: 'string', default: '1' },
    part: { type: 'string', default: '0/1' },
    long: { type: 'boolean', default: false },
    day: { type: 'boolean', default: false },
    file: { type: 'boolean', default: false },
  },
});

const jobs = Number(values.jobs);

if (jobs > 1) await inParts();
else {
  const [part = 0, parts = 1] = values.part.split('/').map(Number);
  const of = (world: World) => Number(values[world] ?? values.seeds);
  const counts = await simulate({
    seed: values.seed === undefined ? null : Number(values.seed),
    first: Number(values.first),
    only: values.day ? 'day' : (values.only ?? null),
    store: values.file ? 'file' : 'memory',
    counts: {
      planner: of('planner'),
      session: of('session'),
      engine: of('engine'),
      twins: of('twins'),
      ring: of('ring'),
      day: Number(values.seeds),
    },
    deeds: Number(values.crashes ?? (values.long ? 4 : 1)),
    every: Number(values.every),
    turn: Number(values.turn),
    part,
    parts,
  });
  if (values.keep && parts === 1 && counts.failed === 0) keepCounts(counts);
  process.stdout.write(`counted: ${JSON.stringify(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

/** The same in several processes, each with its share of every kind. */
async function inParts(): Promise<void> {
  // However the number was written, the last one counts: a part starts no parts of its own.
  const words = [...process.argv.slice(2), '--jobs=1'];
  const all = Array.from({ length: jobs }, (_, part) =>
    runPart([...words, `--part=${part}/${jobs}`]),
  );
  const counts = sumCounts(await Promise.all(all));
  if (values.keep && counts.failed === 0) keepCounts(counts);
  process.stdout.write(`counted: ${JSON.stringify(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

async function runPart(words: readonly string[]) {
  const child = spawn(process.execPath, [import.meta.filename, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    process.stdout.write(text.replace(/^counted:.*\n/gm, ''));
  });
  await new Promise((resolve) => child.on('close', resolve));
  const counted = told.match(/^counted: (.*)$/m)?.[1];
  return counted === undefined ? { failed: 1 } : (JSON.parse(counted) as Record<string, number>);
}
