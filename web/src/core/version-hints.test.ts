import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintsOf } from './version-hints.ts';

const version = (side: string, size: number | null, modifiedAt: number | null, present = true) => ({
  side,
  present,
  kind: 'file',
  size,
  modifiedAt,
  digest: null,
  location: null,
});

test('the newer and the larger version are called so, and equal or unknown ones are not', () => {
  const [left, right] = [version('left', 10, 2_000), version('right', 11, 1_000)];
  assert.deepEqual(hintsOf(left, [left, right]), ['newer']);
  assert.deepEqual(hintsOf(right, [left, right]), ['larger']);
  const [one, other] = [version('left', 5, null), version('right', 5, 1)];
  assert.deepEqual([hintsOf(one, [one, other]), hintsOf(other, [one, other])], [[], []]);
});

test('against a deletion nothing is newer or larger', () => {
  const [left, gone] = [version('left', 10, 2_000), version('right', null, null, false)];
  assert.deepEqual([hintsOf(left, [left, gone]), hintsOf(gone, [left, gone])], [[], []]);
});
