// A few drawn histories of two trees, quick enough to be met by every mutant of the planner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateSeed } from '../../test/simulation/planner.ts';

for (let tens = 0; tens < 8; tens += 1) {
  test(`seeds ${10 * tens + 1} to ${10 * tens + 10} of the planner hold`, () => {
    for (let seed = 10 * tens + 1; seed <= 10 * tens + 10; seed += 1) {
      assert.equal(simulateSeed(seed), undefined);
    }
  });
}
