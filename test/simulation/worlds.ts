// The kinds of drawn worlds, one after the other, with what is said of each.
import { simulateDay } from './day.ts';
import { fileGround, memoryGround } from './day-grounds.ts';
import { type CrashTotals, tryCrashes } from './engine/crashes.ts';
import { simulateEngineSeed } from './engine/engine.ts';
import { simulateRingSeed } from './engine/ring.ts';
import { simulateTwinSeed } from './engine/twins.ts';
import { workloads } from './engine/workloads.ts';
import { keptSeeds, openSeeds, type World, worlds } from './kept-seeds.ts';
import { type Failure as Broken, simulateSeed } from './planner.ts';
import { simulateSessionSeed } from './session.ts';

export interface Asked {
  /** That one alone, with its course. */
  readonly seed: number | null;
  readonly first: number;
  readonly only: string | null;
  /** Under the manager of a drawn day. */
  readonly store: 'memory' | 'file';
  readonly counts: Readonly<Record<World | 'day', number>>;
  /** Workloads of up to so many deeds; 0: none. */
  readonly deeds: number;
  /** Of workloads of several deeds one in so many is tried, another one each `turn`. */
  readonly every: number;
  readonly turn: number;
  readonly part: number;
  readonly parts: number;
}

interface Failure {
  readonly what: string;
  readonly course: string;
}

const broken = (failure: Broken | undefined): Failure | null =>
  failure === undefined
    ? null
    : {
        what: `${failure.invariant} broken`,
        course: [...failure.history, failure.text].join('\n'),
      };

const engineTotals = { events: 0, sessions: 0, deaths: 0 };

type Try = (seed: number, asked: Asked) => Promise<Failure | null>;

const tries: Readonly<Record<World | 'day', Try>> = {
  day: async (seed, { store }) => {
    const [ground, turns] = store === 'file' ? [fileGround(), 12] : [memoryGround(), 3];
    const faults = await simulateDay(seed, { ground, turns });
    const [first] = faults;
    return first === undefined ? null : { what: first, course: faults.join('\n') };
  },
  planner: async (seed) => broken(simulateSeed(seed)),
  session: async (seed) => {
    try {
      await simulateSessionSeed(seed);
      return null;
    } catch (thrown) {
      return { what: 'manager and model parted', course: (thrown as Error).message };
    }
  },
  engine: async (seed) => broken(await simulateEngineSeed(seed, engineTotals)),
  twins: async (seed) => broken(await simulateTwinSeed(seed)),
  ring: async (seed) => broken(await simulateRingSeed(seed)),
};

/** What was counted; `failed` of it did not hold. */
export async function simulate(asked: Asked): Promise<Record<string, number> & { failed: number }> {
  const counts: Record<string, number> & { failed: number } = { failed: 0 };
  for (const world of [...worlds, 'day'] as const) {
    if (asked.only === null ? world === 'day' : asked.only !== world) continue;
    const seeds = seedsOf(world, asked);
    counts[`${world} seeds`] = seeds.length;
    counts.failed += await run(world, seeds, asked);
  }
  const { events, sessions, deaths } = engineTotals;
  if (events > 0) {
    counts['engine events'] = events;
    counts['engine sessions'] = sessions;
    counts['engine deaths'] = deaths;
  }
  if (asked.seed !== null || (asked.only !== null && asked.only !== 'crashes')) return counts;
  return { ...counts, ...(await cutOff(asked, counts.failed)) };
}

function seedsOf(world: World | 'day', { seed, first, counts, part, parts }: Asked): number[] {
  if (seed !== null) return [seed];
  const fresh = Array.from({ length: counts[world] }, (_, at) => first + at);
  const kept = world === 'day' ? [] : keptSeeds(world);
  return [...kept, ...fresh].filter((_, at) => at % parts === part);
}

async function run(world: World | 'day', seeds: readonly number[], asked: Asked): Promise<number> {
  const { seed: alone, store } = asked;
  const began = performance.now();
  const open = alone === null ? openSeeds(world) : new Map<number, string>();
  let failed = 0;
  for (const seed of seeds) {
    const failure = withOpen(await tries[world](seed, asked), open.get(seed));
    if (failure === 'open') process.stdout.write(`${world} ${seed}: still open\n`);
    if (failure === null || failure === 'open') continue;
    failed += 1;
    const which = world === 'day' ? `--day${store === 'file' ? ' --file' : ''}` : `--only ${world}`;
    const replay = `npm run simulate -- ${which} --seed ${seed}`;
    if (failed <= 20) process.stdout.write(`${failure.what}; replay with: ${replay}\n`);
    if (alone !== null) process.stdout.write(`${failure.course}\n`);
  }
  const rate = Math.round((seeds.length * 1000) / (performance.now() - began));
  process.stdout.write(`${world}: ${seeds.length} seeds, ${failed} failed, ${rate} a second\n`);
  return failed;
}

/** What is known to be broken fails nobody, and must be broken in that way. */
function withOpen(failure: Failure | null, known: string | undefined): Failure | 'open' | null {
  if (known === undefined) return failure;
  if (failure?.what === `${known} broken`) return 'open';
  const what = 'It holds again: take its line from open-seeds.txt';
  return failure ?? { what, course: '' };
}

/**
 * Up to two deeds what a person did last may be lost too; of more, it is on disk, and starts that are the
 * same are tried once.
 */
async function cutOff({ deeds, every, turn, part, parts }: Asked, failedBefore: number) {
  const totals: CrashTotals = { workloads: 0, points: 0, states: 0, tried: 0 };
  const began = performance.now();
  let failed = failedBefore;
  for (let length = 1; length <= deeds; length += 1) {
    const known = length > 2 ? new Set<string>() : null;
    let at = 0;
    for (const workload of workloads(length)) {
      at += 1;
      // Those with one first deed stay together, so that what is the same is met by one process.
      if (Math.floor(at / 12 ** (length - 1)) % parts !== part) continue;
      if (length > 1 && (at + turn) % every !== 0) continue;
      try {
        await tryCrashes(workload, totals, known);
      } catch (thrown) {
        failed += 1;
        if (failed <= 20) process.stdout.write(`${(thrown as Error).message}\n`);
      }
    }
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`crashes: ${totals.tried} of ${totals.states} disks, ${seconds} s\n`);
  const { workloads: count, points, states, tried } = totals;
  return {
    failed,
    workloads: count,
    'crash points': points,
    'legal disks': states,
    recoveries: tried,
  };
}
