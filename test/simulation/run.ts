// node test/simulation/run.ts --seeds 200 | --seed N: histories of the planner. Seeds that failed once
// stand in seeds.txt and run first.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Failure, simulateSeed } from './planner.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
});

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

function report(failure: Failure): void {
  const replay = `node test/simulation/run.ts --seed ${failure.seed}`;
  process.stdout.write(`${failure.invariant} broken; replay with: ${replay}\n`);
  if (values.seed === undefined) return;
  process.stdout.write(`${failure.history.join('\n')}\n${failure.text}\n`);
}

const began = performance.now();
const seeds = seedsToRun();
const failures = seeds.map(simulateSeed).filter((failure) => failure !== undefined);
for (const failure of failures.slice(0, 20)) report(failure);
const seconds = (performance.now() - began) / 1000;
const rate = Math.round(seeds.length / seconds);
process.stdout.write(`${seeds.length} seeds, ${failures.length} failed, ${rate} a second\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
