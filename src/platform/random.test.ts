import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { trueRandom } from './random.ts';

describe('uuids', () => {
  test('are of version 7, differ, and sort by when they were made', () => {
    const made = Array.from({ length: 20_000 }, () => trueRandom.uuid());
    for (const uuid of made) {
      assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    assert.equal(new Set(made).size, made.length);
    assert.deepEqual(
      made.toSorted((one, other) => (one < other ? -1 : 1)),
      made,
    );
  });

  test('begin with the present time in milliseconds', () => {
    const stamp = Number.parseInt(trueRandom.uuid().replaceAll('-', '').slice(0, 12), 16);
    // The many above may have run ahead of the clock a little.
    assert.ok(Math.abs(stamp - Date.now()) < 1000);
  });
});
