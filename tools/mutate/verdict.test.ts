import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTooLow } from './verdict.ts';

const sample = (noticed: number, tried: number) => ({ mutants: 10_000, tried, noticed });

test('of all mutants each counts', () => {
  assert.equal(isTooLow({ mutants: 20, tried: 20, noticed: 17 }, 0.85), false);
  assert.equal(isTooLow({ mutants: 20, tried: 20, noticed: 16 }, 0.85), true);
});

test('a sample is too low where it would be so by chance less than once in a thousand', () => {
  for (const [tried, most] of [
    [20, 10],
    [300, 234],
    [400, 316],
  ] as const) {
    assert.equal(isTooLow(sample(most, tried), 0.85), true);
    assert.equal(isTooLow(sample(most + 1, tried), 0.85), false);
  }
});

test('a large sample that is well above is not too low, and one of three never is', () => {
  assert.equal(isTooLow(sample(4_500, 5_000), 0.85), false);
  assert.equal(isTooLow(sample(4_000, 5_000), 0.85), true);
  assert.equal(isTooLow(sample(0, 3), 0.85), false);
  assert.equal(isTooLow(sample(0, 300), 0), false);
});
