// What a bad handler takes from the others: sessions of folders, beside it and without it, in turn.
//
// On a machine with few processors a bad program costs others by its own work, wherever it runs. So each
// round has three windows: without it, beside it as a handler, and beside the very same program outside
// of the manager, started as often and spoken to as much, with nobody reading what it says. What is ours
// to answer for is how the second differs from the third. The most robust figure is the last one: the
// processor time of this process for one session of the others.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../measure.ts';
import { type Bed, environment, speakTo } from './bed.ts';

const vices = join(import.meta.dirname, '..', '..', 'test', 'zoo', 'vices');
const files = 300;
const ownMs = 10_000;
/** The first starts of whatever is bad are over by then. */
const settleMs = 400;

interface Vice {
  readonly name: string;
  readonly command: readonly string[];
  /** Of one window: the whole life of one that crashes at every start, off switch included. */
  readonly windowMs: number;
  readonly crashes: boolean;
}

const node = process.execPath;
const bad: readonly Vice[] = [
  {
    name: 'hung',
    command: [node, join(vices, 'hn-05-idles.ts')],
    windowMs: 3_000,
    crashes: false,
  },
  {
    name: 'flooding',
    command: [node, join(vices, 'hn-10-floods.ts'), '600000'],
    windowMs: 3_000,
    crashes: false,
  },
  {
    name: 'crashing',
    command: [node, join(vices, 'hn-14-crashes-in-the-middle.ts')],
    windowMs: 18_000,
    crashes: true,
  },
];

type Beside = 'nothing' | 'handler' | 'outside';

interface Window {
  readonly perSecond: number;
  /** Of this process, for one session, in milliseconds. */
  readonly processorMs: number;
}

/**
 * The processor time of this process while nothing but the bad handler goes on: what cannot be more than
 * this is all that the others can lose to the manager's own work, on a machine as busy as it likes.
 */
export async function ownProcessor(bed: Bed, say: (text: string) => void): Promise<void> {
  say('of one processor, what the manager itself spends on a bad handler:');
  for (const vice of bad) {
    const id = await bed.addProgram(...vice.command);
    const over = new AbortController();
    const around = handled(bed, vice, id, over.signal);
    if (!vice.crashes) await untilAtWork(bed);
    const [start, before] = [performance.now(), process.cpuUsage()];
    await pause(Math.max(vice.windowMs, ownMs));
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / (performance.now() - start);
    over.abort();
    await around;
    say(`  ${vice.name}: ${(share * 100).toFixed(2)} % (goal < 10; HN-10: < 20)`);
  }
}

export async function othersThroughput(
  bed: Bed,
  rounds: number,
  say: (text: string) => void,
): Promise<void> {
  const copies = await copying(bed);
  say(`sessions of folders that copy ${files} files, beside a bad handler:`);
  for (const vice of bad) {
    const id = await bed.addProgram(...vice.command);
    const seen: Record<Beside, Window[]> = { nothing: [], handler: [], outside: [] };
    const order: Beside[] = ['nothing', 'handler', 'outside'];
    for (let round = 0; round < (vice.crashes ? Math.ceil(rounds / 2) : rounds); round++) {
      // Whatever else the machine does changes slowly, and hits each of the three as often first.
      for (const beside of [...order.slice(round % 3), ...order.slice(0, round % 3)]) {
        seen[beside].push(await window(bed, copies, vice, id, beside));
      }
    }
    say(`  ${words(vice.name, seen)}`);
  }
}

function words(name: string, seen: Readonly<Record<Beside, readonly Window[]>>): string {
  const loss = (beside: Beside) =>
    (1 -
      median(
        seen[beside].map(
          ({ perSecond }, round) => perSecond / (seen.nothing[round]?.perSecond ?? Number.NaN),
        ),
      )) *
    100;
  const processor = (beside: Beside) => median(seen[beside].map((one) => one.processorMs));
  const [alone, beside] = [processor('nothing'), processor('handler')];
  const alones = seen.nothing.map(({ perSecond }) => perSecond.toFixed(1)).join(', ');
  return [
    `${name}: ${loss('handler').toFixed(1)} % fewer (goal < 10; the program outside: ${loss('outside').toFixed(1)} %)`,
    `processor of the manager for one session ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside (${((beside / alone - 1) * 100).toFixed(1)} % more)`,
    `sessions a second alone ${alones}`,
  ].join('\n    ');
}

async function window(
  bed: Bed,
  copies: () => Promise<number>,
  vice: Vice,
  id: string,
  beside: Beside,
): Promise<Window> {
  const over = new AbortController();
  const around = {
    nothing: async () => {},
    handler: () => handled(bed, vice, id, over.signal),
    outside: () => outside(vice, over.signal),
  }[beside]();
  await pause(settleMs);
  const [end, before] = [performance.now() + vice.windowMs, process.cpuUsage()];
  let sessions = 0;
  let tookMs = 0;
  while (performance.now() < end) {
    tookMs += await copies();
    sessions += 1;
  }
  const { user, system } = process.cpuUsage(before);
  over.abort();
  await around;
  return {
    perSecond: (sessions / tookMs) * 1_000,
    processorMs: (user + system) / 1_000 / sessions,
  };
}

/** Its own start is over, and so is what the engine does for code it sees first. */
async function untilAtWork({ manager }: Bed): Promise<void> {
  while (!manager.running().some(({ phase }) => phase === 'synchronizing')) await pause(20);
  await pause(2_000);
}

/** As its partnership has it: run, and run again as soon as it may, later each time. */
async function handled(bed: Bed, vice: Vice, id: string, signal: AbortSignal): Promise<void> {
  bed.book.forgive(id);
  const end = () => {
    // Its grace is not waited for: that is measured elsewhere.
    for (const pid of bed.pidsOf(id)) endGroup(pid);
  };
  signal.addEventListener('abort', end);
  do await bed.run(id);
  while (vice.crashes && !signal.aborted && bed.book.disabledSince(id) === null);
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const delaysMs = [1_000, 2_000, 4_000, 8_000];

/** The same program, started as often, and asked the same. */
async function outside({ command, crashes }: Vice, signal: AbortSignal): Promise<void> {
  for (const delayMs of [0, ...(crashes ? delaysMs : [])]) {
    await pause(delayMs, null, { signal }).catch(() => {});
    if (signal.aborted) return;
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, { env: environment, stdio: 'pipe' });
    speakTo(child, !crashes);
    await ended(child, signal);
  }
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<void> {
  const end = () => void child.kill('SIGKILL');
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  await new Promise((resolve) => child.on('exit', resolve));
  signal.removeEventListener('abort', end);
}

/** One session each; how long it took. */
async function copying({ folder, addFolders, run, manager }: Bed): Promise<() => Promise<number>> {
  const left = join(folder, 'left');
  for (let at = 0; at < files; at++) {
    mkdirSync(join(left, `${at % 10}`), { recursive: true });
    writeFileSync(join(left, `${at % 10}`, `${at}`), 'x'.repeat(2_000 + at));
  }
  const once = async () => {
    const right = join(folder, `right-${Math.random()}`);
    mkdirSync(right);
    const id = await addFolders(left, right);
    const start = performance.now();
    await run(id);
    const took = performance.now() - start;
    await manager.remove(id);
    rmSync(right, { recursive: true });
    rmSync(join(left, '.syncmgr'), { recursive: true, force: true });
    return took;
  };
  for (let turn = 0; turn < 5; turn++) await once();
  return once;
}
