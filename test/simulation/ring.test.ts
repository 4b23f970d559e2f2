import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateRingSeed } from './engine/ring.ts';
import { keptSeeds } from './kept-seeds.ts';

const first = Number(process.env.SEED ?? 1);
const count = process.env.SEED === undefined ? 40 : 1;

test('CC-04 I1, I2, I6 and I7 hold where three pairs share three folders in a ring', async () => {
  const failures: string[] = [];
  for (const seed of [
    ...keptSeeds('ring'),
    ...Array.from({ length: count }, (_, at) => first + at),
  ]) {
    const failure = await simulateRingSeed(seed);
    if (failure !== undefined) failures.push(`--only ring --seed ${seed}: ${failure.text}`);
  }
  assert.deepEqual(failures, []);
});
