// A few drawn histories of the whole engine on virtual disks, for what the planner alone never calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateEngineSeed } from '../../test/simulation/engine/engine.ts';

for (let tens = 0; tens < 4; tens += 1) {
  test(`seeds ${10 * tens + 1} to ${10 * tens + 10} of the engine hold`, async () => {
    for (let seed = 10 * tens + 1; seed <= 10 * tens + 10; seed += 1) {
      assert.equal(await simulateEngineSeed(seed), undefined);
    }
  });
}
