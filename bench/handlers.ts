// npm run bench:handlers: what it costs that a handler is a program of its own, what a bad one costs the
// others, and what a program costs as an item. Medians of interleaved rounds; ROUNDS=… for more or fewer,
// and words for some of the parts: `npm run bench:handlers -- others commands`.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bed, bare, openBed } from './handlers/bed.ts';
import { commandAtTerminal, commandSessions } from './handlers/commands.ts';
import { othersThroughput, ownProcessor } from './handlers/others.ts';
import { median } from './measure.ts';

const rounds = Number(process.env.ROUNDS ?? 7);
const node = process.execPath;
const here = join(import.meta.dirname, 'handlers');
const vices = join(import.meta.dirname, '..', 'test', 'zoo', 'vices');
const say = (text: string) => process.stdout.write(`${text}\n`);

const bed = openBed();
try {
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    trips: () => roundTrips(bed),
    programs: async () => {
      await costOfSession(bed, 0);
      await costOfSession(bed, 2_000);
    },
    own: () => ownProcessor(bed, say),
    others: () => othersThroughput(bed, rounds, say),
    commands: () => commandSessions(bed, rounds, say),
    terminal: () => commandAtTerminal(rounds, say),
    stops: () => stops(bed),
  };
  const wanted = process.argv.slice(2);
  say(`Node ${process.version}, ${rounds} rounds\n`);
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
} finally {
  await bed.close();
}

async function roundTrips({ addProgram, run, store }: Bed): Promise<void> {
  const id = await addProgram(node, join(here, 'trips.ts'), '1000');
  const counts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const session = await run(id);
    const lines = await store.log.list({ session: session.id });
    counts.push(Number(/trips (\d+)/.exec(lines.map(({ text }) => text).join())?.[1]));
  }
  say(`round trips of progress a second: ${median(counts)} (${counts.join(', ')})`);
}

async function costOfSession({ addProgram, run }: Bed, workMs: number): Promise<void> {
  const command = [node, join(here, 'works.ts'), String(workMs)];
  const id = await addProgram(...command);
  const [alone, session]: [number[], number[]] = [[], []];
  await run(id);
  for (let round = 0; round < rounds; round++) {
    alone.push(await bare(...command));
    session.push(await timed(() => run(id)));
  }
  const over = median(session) - median(alone);
  const allowed = 60 + median(alone) / 100;
  const words = `${ms(alone)} alone, ${ms(session)} as a session`;
  say(
    `a program that works ${workMs} ms: ${words}; ${over.toFixed(1)} ms more (goal < ${allowed.toFixed(0)})`,
  );
}

async function stops({ addProgram, run, manager }: Bed): Promise<void> {
  const stopOf = async (id: string) => {
    const ended = run(id);
    await pause(600);
    const start = performance.now();
    for (const { session } of manager.running()) manager.stop(session.id);
    await ended;
    return performance.now() - start;
  };
  const obedient = await addProgram(node, join(here, 'trips.ts'), '60000');
  const waiting = await addProgram(node, join(vices, 'none.ts'), 'waits');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await stopOf(obedient), await stopOf(waiting));
  }
  const worst = await stopOf(await addProgram(node, join(vices, 'hn-12-deaf-to-stop.ts')));
  say(
    `from a stop to the end: median ${ms(times)} (goal < 2000), worst of those that obey ${Math.max(...times).toFixed(0)} ms`,
  );
  say(`  of one that ignores all: ${(worst / 1_000).toFixed(1)} s (goal < 45)`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function ms(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms`;
}
