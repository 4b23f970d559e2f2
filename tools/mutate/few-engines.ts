// A few drawn histories of the whole engine on virtual disks, for what the planner alone never calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateEngineSeed } from '../../test/simulation/engine/engine.ts';

for (const [first, last] of [
  [1, 5],
  [6, 15],
  [16, 40],
] as const) {
  test(`seeds ${first} to ${last} of the engine hold`, async () => {
    for (let seed = first; seed <= last; seed += 1) {
      assert.equal(await simulateEngineSeed(seed), undefined);
    }
  });
}
