// Runs in the copy with the bug: seeds of one world until one does not hold. Says which, and what broke.
import { type CrashTotals, tryCrashes } from '../engine/crashes.ts';
import { simulateEngineSeed } from '../engine/engine.ts';
import { simulateRingSeed } from '../engine/ring.ts';
import { simulateTwinSeed } from '../engine/twins.ts';
import { workloads } from '../engine/workloads.ts';
import { simulateSeed } from '../planner.ts';
import { simulateSessionSeed } from '../session.ts';
import { Violation } from '../violation.ts';

export interface Found {
  /** Which seed showed it, or the last one that was tried. */
  readonly seed: number;
  /** What broke there: the number of an invariant, or what was thrown. Null: nothing did. */
  readonly broke: string | null;
}

const [world = '', seeds = '0'] = process.argv.slice(2);

/** Null: it held. Else the number of what broke, or what was thrown. */
type Try = (seed: number) => Promise<string | null>;

const totals: CrashTotals = { workloads: 0, points: 0, states: 0, tried: 0 };
const single = [...workloads(1)];

async function thrown(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof Violation) return error.invariant;
    if (error instanceof Error && error.cause instanceof Violation) return error.cause.invariant;
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

const tries: Readonly<Record<string, Try>> = {
  planner: async (seed) => simulateSeed(seed)?.invariant ?? null,
  engine: async (seed) => (await simulateEngineSeed(seed))?.invariant ?? null,
  twins: async (seed) => (await simulateTwinSeed(seed))?.invariant ?? null,
  ring: async (seed) => (await simulateRingSeed(seed))?.invariant ?? null,
  session: (seed) => thrown(simulateSessionSeed(seed)),
  crashes: async (seed) => {
    const workload = single[seed - 1];
    return workload === undefined ? null : thrown(tryCrashes(workload, totals));
  },
};

let seed = 0;
let broke: string | null = null;
while (broke === null && seed < Number(seeds)) {
  seed += 1;
  broke = (await tries[world]?.(seed)) ?? null;
}
const found: Found = { seed, broke };
process.stdout.write(`${JSON.stringify(found)}\n`);
process.exit(0);
