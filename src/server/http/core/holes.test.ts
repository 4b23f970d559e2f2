import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stretchOf } from './holes.ts';

const numbered = (...numbers: readonly number[]) => numbers.map((sequence) => ({ sequence }));
const numbers = (events: readonly { sequence: number }[]) => events.map(({ sequence }) => sequence);

test('numbers in a row have no hole', () => {
  assert.deepEqual(stretchOf(4, numbered(5, 6, 7)), {
    whole: numbered(5, 6, 7),
    gap: null,
    rest: [],
  });
  assert.equal(stretchOf(4, []).gap, null);
});

test('a hole at the beginning is told before anything', () => {
  const { whole, gap, rest } = stretchOf(4, numbered(7, 8));
  assert.deepEqual([numbers(whole), numbers(rest)], [[], [7, 8]]);
  assert.deepEqual(gap, { type: 'gap', after: 4, before: 7 });
});

test('several holes are one gap, from before the first to after the last', () => {
  const { whole, gap, rest } = stretchOf(4, numbered(5, 8, 9, 20, 21));
  assert.deepEqual([numbers(whole), numbers(rest)], [[5], [8, 9, 20, 21]]);
  assert.deepEqual(gap, { type: 'gap', after: 5, before: 20 });
});
