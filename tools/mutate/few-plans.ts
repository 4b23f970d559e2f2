// A few drawn histories of two trees, quick enough to be met by every mutant of the planner. The quickest
// tests come first: the longer ones only meet what the shorter ones did not notice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateSeed } from '../../test/simulation/planner.ts';

for (const [first, last] of [
  [1, 10],
  [11, 40],
  [41, 100],
  [101, 200],
  [201, 400],
] as const) {
  test(`seeds ${first} to ${last} of the planner hold`, () => {
    for (let seed = first; seed <= last; seed += 1) assert.equal(simulateSeed(seed), undefined);
  });
}
