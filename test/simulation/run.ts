// node test/simulation/run.ts --seeds 200 | --seed N: drawn histories of the planner and drawn courses
// of sessions, each against its model. One seed gives one world of each kind; --only planner or
// --only session leaves the other out. Seeds that failed once stand in seeds.txt and run first.
// With --day: drawn days of a manager that runs by itself, in memory, or with --file on a store on disk.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulateDay } from './day.ts';
import { fileGround, memoryGround } from './day-grounds.ts';
import { simulateSeed } from './planner.ts';
import { simulateSessionSeed } from './session.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    only: { type: 'string' },
    day: { type: 'boolean', default: false },
    file: { type: 'boolean', default: false },
  },
});

/** What is said of a seed that fails, the long part only when it is replayed alone. */
interface Failure {
  readonly what: string;
  readonly course: string;
}

type World = 'planner' | 'session' | 'day';

const worlds: Record<World, (seed: number) => Promise<Failure | null>> = {
  planner: async (seed) => {
    const failure = simulateSeed(seed);
    if (failure === undefined) return null;
    const { invariant, history, text } = failure;
    return { what: `${invariant} broken`, course: `${history.join('\n')}\n${text}` };
  },
  session: async (seed) => {
    try {
      await simulateSessionSeed(seed);
      return null;
    } catch (thrown) {
      return { what: 'manager and model parted', course: (thrown as Error).message };
    }
  },
  day: async (seed) => {
    const ground = values.file ? fileGround() : memoryGround();
    const faults = await simulateDay(seed, { ground, turns: values.file ? 12 : 3 });
    const [first] = faults;
    return first === undefined ? null : { what: first, course: faults.join('\n') };
  },
};

const kept = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => Number.parseInt(line, 10))
  .filter((seed) => !Number.isNaN(seed));

function seedsToRun(): number[] {
  if (values.seed !== undefined) return [Number(values.seed)];
  const first = Number(values.first);
  const fresh = Array.from({ length: Number(values.seeds) }, (_, at) => first + at);
  return [...kept, ...fresh];
}

async function simulate(world: World, seeds: readonly number[]): Promise<number> {
  const began = performance.now();
  let failed = 0;
  for (const seed of seeds) {
    const failure = await worlds[world](seed);
    if (failure === null) continue;
    failed += 1;
    const which = world === 'day' ? `--day${values.file ? ' --file' : ''}` : `--only ${world}`;
    const replay = `npm run simulate -- ${which} --seed ${seed}`;
    if (failed <= 20) process.stdout.write(`${failure.what}; replay with: ${replay}\n`);
    if (values.seed !== undefined) process.stdout.write(`${failure.course}\n`);
  }
  const rate = Math.round((seeds.length * 1000) / (performance.now() - began));
  process.stdout.write(`${world}: ${seeds.length} seeds, ${failed} failed, ${rate} a second\n`);
  return failed;
}

/** Those of seeds.txt are of the shorter worlds. */
function wanted(): readonly World[] {
  if (values.day) return ['day'];
  return (['planner', 'session'] as const).filter(
    (world) => values.only === undefined || values.only === world,
  );
}

const seeds = values.day ? seedsToRun().filter((seed) => !kept.includes(seed)) : seedsToRun();
let failed = 0;
for (const world of wanted()) failed += await simulate(world, seeds);
process.exitCode = failed === 0 ? 0 : 1;
