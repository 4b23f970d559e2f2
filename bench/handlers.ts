// npm run bench:handlers: what it costs that a handler is a program of its own, and what a bad one costs
// the others. Medians of interleaved rounds; ROUNDS=… for more or fewer.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bed, bare, openBed } from './handlers/bed.ts';
import { median } from './measure.ts';

const rounds = Number(process.env.ROUNDS ?? 7);
const node = process.execPath;
const here = join(import.meta.dirname, 'handlers');
const vices = join(import.meta.dirname, '..', 'test', 'zoo', 'vices');
const say = (text: string) => process.stdout.write(`${text}\n`);

const bed = openBed();
try {
  say(`Node ${process.version}, ${rounds} rounds\n`);
  await roundTrips(bed);
  await costOfSession(bed, 0);
  await costOfSession(bed, 2_000);
  await floodProcessor(bed);
  await othersThroughput(bed);
  await stops(bed);
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

/** The processor time of this process while nothing but the flood goes on. */
async function floodProcessor({ addProgram, run }: Bed): Promise<void> {
  const id = await addProgram(node, join(vices, 'hn-10-floods.ts'), '3000');
  const before = process.cpuUsage();
  const took = await timed(() => run(id));
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1_000 / took;
  say(`a flood takes ${(share * 100).toFixed(0)} % of a processor here (goal < 20)`);
}

async function othersThroughput(bed: Bed): Promise<void> {
  const { folder, addFolders, addProgram, run, manager, book } = bed;
  const left = join(folder, 'left');
  for (let at = 0; at < 30; at++) {
    mkdirSync(join(left, `${at}`), { recursive: true });
    for (let file = 0; file < 100; file++) {
      writeFileSync(join(left, `${at}`, `${file}`), 'x'.repeat(2_000 + at));
    }
  }
  const copies = async () => {
    const right = join(folder, `right-${Math.random()}`);
    mkdirSync(right);
    const id = await addFolders(left, right);
    const took = await timed(() => run(id));
    await manager.remove(id);
    rmSync(right, { recursive: true });
    rmSync(join(left, '.syncmgr'), { recursive: true, force: true });
    return took;
  };
  const vice = {
    hung: await addProgram(node, join(vices, 'hn-05-idles.ts')),
    flooding: await addProgram(node, join(vices, 'hn-10-floods.ts'), '600000'),
    crashing: await addProgram(node, join(vices, 'hn-14-crashes-in-the-middle.ts')),
  };
  const ratios: Record<string, number[]> = { hung: [], flooding: [], crashing: [] };
  const alone: number[] = [];
  await copies();
  for (let round = 0; round < rounds; round++) {
    for (const [name, id] of Object.entries(vice)) {
      // One after the other, and the other way round the next time: whatever else the machine does
      // changes slowly.
      const first = round % 2 === 0 ? await copies() : null;
      const beside = await copiesBeside(id, name === 'crashing');
      const without = first ?? (await copies());
      alone.push(without);
      ratios[name]?.push(without / beside);
    }
  }
  say(`3,000 files copied by a session of folders: ${ms(alone)} alone`);
  for (const [name, all] of Object.entries(ratios)) {
    const loss = (1 - median(all)) * 100;
    say(`  beside a ${name} handler ${loss.toFixed(1)} % less of them (goal < 10)`);
  }

  async function copiesBeside(id: string, again: boolean): Promise<number> {
    const over = new AbortController();
    book.forgive(id);
    const beside = (async () => {
      // Started again as soon as it may be: later each time, and after the fifth not any more.
      do await run(id);
      while (again && !over.signal.aborted && book.disabledSince(id) === null);
    })();
    await pause(400);
    const took = await copies();
    over.abort();
    if (!again) endPrograms(id);
    await beside;
    return took;
  }

  /** Not waited for by their grace: that is measured elsewhere. */
  function endPrograms(id: string): void {
    for (const pid of bed.pidsOf(id)) process.kill(-pid, 'SIGKILL');
  }
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
