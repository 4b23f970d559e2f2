// A day of the whole, in memory and on disk. More seeds, and one again: npm run simulate -- --day --seed N.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateDay } from './day.ts';
import { fileGround, memoryGround } from './day-grounds.ts';

test('S10 S11 a day of 200 partnerships loses no run and makes none twice, whatever happens', async () => {
  assert.deepEqual(await simulateDay(1, { ground: memoryGround(), turns: 3 }), []);
});

test('S10 S11 the same holds with a store on disk', async () => {
  assert.deepEqual(await simulateDay(2, { items: 30, ground: fileGround(), turns: 12 }), []);
});
