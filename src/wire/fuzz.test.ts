import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../../test/fuzz/frames.ts';

const seed = Number(process.env.SEED ?? 7);

test(`HN-11 5000 spoiled frames are dropped or understood (SEED=${seed})`, async () => {
  const { faults, heard } = await fuzz(seed, 5_000);
  assert.ok(faults > 500 && heard > 250, `${faults} faults, ${heard} heard`);
});
