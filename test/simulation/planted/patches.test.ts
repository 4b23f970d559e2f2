import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classics } from './classics.ts';
import { patches } from './patches.ts';
import { isNamed, seek, withBug } from './plant.ts';

test('at least twenty bugs can be planted, under names of their own, each where the source is as it was', () => {
  assert.ok(patches.length >= 20);
  assert.equal(new Set(patches.map(({ name }) => name)).size, patches.length);
  for (const patch of patches) assert.ok(withBug(patch).includes(patch.put));
});

assert.equal(classics.length, 7);
for (const patch of classics) {
  test(`planted, and found in time: ${patch.name}`, async (t) => {
    const found = await seek(patch);
    t.diagnostic(`seed ${found.seed} of ${patch.seeds}: ${found.broke}`);
    assert.ok(isNamed(patch, found), JSON.stringify(found));
  });
}
