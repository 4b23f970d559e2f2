import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateTwinSeed } from './engine/twins.ts';
import { keptSeeds } from './kept-seeds.ts';

const first = Number(process.env.SEED ?? 1);
const count = process.env.SEED === undefined ? 40 : 1;

test('I8, I9, I11, I12, I15, I20 to I23 and I25 hold where the real engine is run beside itself', async () => {
  const failures: string[] = [];
  for (const seed of [
    ...keptSeeds('twins'),
    ...Array.from({ length: count }, (_, at) => first + at),
  ]) {
    const failure = await simulateTwinSeed(seed);
    if (failure !== undefined) failures.push(`--only twins --seed ${seed}: ${failure.text}`);
  }
  assert.deepEqual(failures, []);
});
