import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NameSum, NameSummer, sameNames } from './name-sum.ts';

function sum(...names: readonly string[]): NameSum {
  const summer = new NameSummer();
  for (const name of names) summer.add(name);
  return summer.sum();
}

test('the same names have the same sum in any order, and others another in each half', () => {
  const one = sum('a', 'bc', 'ü');
  assert.deepEqual(sum('ü', 'a', 'bc'), one);
  assert.deepEqual([one.count, sum().count], [3, 0]);
  const numbers = Array.from({ length: 2_000 }, (_, at) => sum('a', `f${at}`));
  for (const half of ['low', 'high'] as const) {
    assert.equal(new Set(numbers.map((each) => each[half])).size, 2_000);
    assert.ok(numbers.every((each) => each[half] >= 0 && each[half] < 2 ** 32));
  }
});

test('two sums are one only in all that they say', () => {
  const one = sum('a', 'b');
  assert.equal(sameNames(one, sum('b', 'a')), true);
  for (const part of ['count', 'low', 'high'] as const) {
    assert.equal(sameNames(one, { ...one, [part]: one[part] + 1 }), false, part);
  }
});
