import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateEngineSeed } from './engine/engine.ts';
import { keptSeeds } from './kept-seeds.ts';

const first = Number(process.env.SEED ?? 1);
const count = process.env.SEED === undefined ? 150 : 1;

async function failuresOf(seeds: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const seed of seeds) {
    const failure = await simulateEngineSeed(seed);
    if (failure !== undefined) failures.push(`npm run simulate -- --seed ${seed}: ${failure.text}`);
  }
  return failures;
}

test('seeds of the whole engine that failed once hold', async () => {
  assert.deepEqual(await failuresOf(keptSeeds('engine')), []);
});

test('I1 to I7, I10, I13, I14, I16 to I19, I22 and I24 hold while the real engine and manager work on virtual disks', async () => {
  assert.deepEqual(await failuresOf(Array.from({ length: count }, (_, at) => first + at)), []);
});
