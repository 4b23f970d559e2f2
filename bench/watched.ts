// npm run bench:watched: a pair that a manager watches, through the terminal, beside rsync and unison on
// the same tree: what a run costs that has nothing to do, and how long a saved file takes to arrive.
//   --files N   small files (100000)    --rounds N   rounds (9)    --saves N   saved files (30)
//   --settle D  how long a folder has to be quiet (1s)             --in FOLDER where to make the disk
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { installPacked } from '../tools/packed.ts';
import { chance } from './chance.ts';
import { type Files, makeSmall } from './data.ts';
import { type Command, measure, median } from './measure.ts';
import { makePlace } from './place.ts';
import { peers, type Sides, syncmgr } from './tools.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '9' },
    saves: { type: 'string', default: '30' },
    settle: { type: 'string', default: '1s' },
    in: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const settleMs = Number.parseFloat(values.settle) * (values.settle.endsWith('ms') ? 1 : 1000);
const say = (text: string) => process.stdout.write(`${text}\n`);

const packed = installPacked();
const place = makePlace(values.in);
const tool = syncmgr(packed.program, packed.path);
const watched = sidesOf('watched');
const environment = tool.environment(watched);
const runPair: Command = [packed.program, 'run', 'pair', '--wait'];
const stop = new AbortController();
try {
  const files = makeSmall(watched.left, Number(values.files));
  say(`# A watched pair of ${files.length} files
${cpus().length} × ${cpus()[0]?.model}, Linux ${release()}, ${place.description}; Node ${process.version}, syncmgr ${tool.version}\n`);
  writePair();
  await up();
  await untilClean();
  nothingToDo();
  await savedToSynced(files);
} finally {
  stop.abort();
  await pause(500);
  place.remove();
  rmSync(packed.folder, { recursive: true, force: true });
}

function sidesOf(name: string): Sides {
  const at = (part: string) => join(place.folder, name, part);
  for (const part of ['left', 'right', 'state']) mkdirSync(at(part), { recursive: true });
  return { left: at('left'), right: at('right'), state: at('state') };
}

function writePair(): void {
  const folder = join(watched.state, 'config', 'syncmgr', 'items.d');
  mkdirSync(folder, { recursive: true });
  const lines = [
    `left: ${watched.left}`,
    `right: ${watched.right}`,
    `triggers: {change: {settle: ${values.settle}, scan: 1d}}`,
  ];
  writeFileSync(join(folder, 'pair.yaml'), `${lines.join('\n')}\n`);
}

async function up(): Promise<void> {
  const allowed = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const manager = spawn(packed.program, ['up', '--port', '0', ...allowed], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: stop.signal,
    killSignal: 'SIGTERM',
  });
  manager.on('error', () => {});
  await once(manager.stdout, 'data');
  manager.stdout.resume();
}

/** The first run copies, the next sees what the first wrote; then nothing is told any more. */
async function untilClean(): Promise<void> {
  for (let run = 0; run < 4; run++) {
    spawnSync(runPair[0], runPair.slice(1), { env: environment, stdio: 'ignore' });
    await pause(settleMs + 2_000);
  }
}

/** Interleaved, each on its own copy of the tree. */
function nothingToDo(): void {
  const others = peers().filter(({ name }) => name === 'rsync -a' || name.startsWith('unison'));
  const runs = new Map<string, readonly [Command, NodeJS.ProcessEnv]>();
  for (const other of others) {
    const sides = sidesOf(other.name.split(' ')[0] ?? '');
    spawnSync('cp', ['-a', `${watched.left}/.`, sides.left]);
    rmSync(join(sides.left, '.syncmgr'), { recursive: true, force: true });
    measure(other.first(sides), other.environment(sides));
    runs.set(other.name, [other.later(sides), other.environment(sides)]);
  }
  runs.set('syncmgr run, watched', [runPair, environment]);
  const seconds = new Map([...runs.keys()].map((name) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, [command, env]] of runs) {
      const took = measure(command, env).seconds;
      // The first warms up.
      if (round >= 0) seconds.get(name)?.push(took);
    }
  }
  say('| nothing to do | median | to rsync | to unison |\n| --- | --- | --- | --- |');
  const of = (word: string) =>
    median(seconds.get([...runs.keys()].find((name) => name.startsWith(word)) ?? '') ?? []);
  for (const [name, all] of seconds) {
    const own = median(all);
    const ratio = (word: string) => (own / of(word)).toFixed(2);
    say(`| ${name} | ${own.toFixed(3)} s | ${ratio('rsync')} | ${ratio('unison')} |`);
  }
  say('');
}

/** From the end of a write on one side to its content on the other. */
async function savedToSynced(files: Files): Promise<void> {
  const dice = chance(7);
  const beyond: number[] = [];
  for (let save = 0; save < Number(values.saves); save++) {
    const path = files[dice.below(files.length)] ?? '';
    const target = join(watched.right, path);
    const before = statSync(target).size;
    appendFileSync(join(watched.left, path), 'one more line\n');
    const saved = performance.now();
    // Between the old version and the new one the name is free for a moment.
    const size = () => statSync(target, { throwIfNoEntry: false })?.size ?? before;
    while (size() === before) await pause(1);
    beyond.push(performance.now() - saved - settleMs);
    // What it wrote itself is told, and looked at.
    await pause(settleMs + 1_500);
  }
  beyond.sort((one, other) => one - other);
  const worst = beyond.at(-1)?.toFixed(0);
  say(
    `saved to synchronized: ${values.settle} of quiet plus ${median(beyond).toFixed(0)} ms (median of ${beyond.length}, worst ${worst} ms; goal < 100)`,
  );
}
