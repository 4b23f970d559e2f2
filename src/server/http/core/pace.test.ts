import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneMore, strangersMax } from './pace.ts';

/** How many of those that ask at these moments are answered. */
function answered(moments: readonly number[]): number {
  let known: readonly number[] = [];
  let count = 0;
  for (const moment of moments) {
    const next = oneMore(known, moment);
    if (next === null) continue;
    known = next;
    count += 1;
  }
  return count;
}

test('no second has more answers to strangers than it may, wherever it begins', () => {
  assert.equal(answered(Array.from({ length: 500 }, () => 7)), strangersMax);
  const often = Array.from({ length: 10_000 }, (_, at) => at);
  assert.equal(answered(often), 10 * strangersMax);
  const seldom = Array.from({ length: 100 }, (_, at) => at * 51);
  assert.equal(answered(seldom), 100);
});

test('whoever is refused does not make the wait longer for the next', () => {
  const flood = Array.from({ length: 900 }, (_, at) => at);
  assert.equal(answered([...flood, 1_000]), strangersMax + 1);
});
