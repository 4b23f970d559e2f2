// What is sent by a handler gone mad: 200,000 spoiled frames, and nothing gets through. SEED=… replays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from './frames.ts';

const seed = Number(process.env.SEED ?? 20_261_120);

test(`HN-11 200000 spoiled frames are dropped or understood, and leave no memory behind (SEED=${seed})`, async (t) => {
  const { faults, heard, heap } = await fuzz(seed, 200_000);
  assert.ok(faults > 20_000, `${faults} faults`);
  assert.ok(heard > 10_000, `${heard} heard`);
  const [before, after] = heap;
  const grown = (after - before) / 2 ** 20;
  t.diagnostic(`${faults} faults, ${heard} heard, memory grew by ${grown.toFixed(1)} MiB`);
  assert.ok(grown < 8, `${grown} MiB`);
  assert.equal(({} as { planted?: unknown }).planted, undefined);
});
