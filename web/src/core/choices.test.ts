import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disputeOf } from './choices.ts';

const version = {
  side: 'left',
  present: true,
  kind: 'file',
  size: 1,
  modifiedAt: null,
  digest: null,
  location: null,
};

test('a dispute is told in words, a deletion among them, and the word of a handler is shown as it is', () => {
  const versions = [version, { ...version, side: 'right' }];
  assert.equal(disputeOf({ kind: 'edit-edit', versions }), 'changed on both sides');
  const [left, right] = versions;
  const gone = [...(left ? [left] : []), ...(right ? [{ ...right, present: false }] : [])];
  assert.match(disputeOf({ kind: 'edit-edit', versions: gone }), /deleted on the other/);
  assert.equal(disputeOf({ kind: 'place', versions }), 'moved to two places');
  assert.equal(disputeOf({ kind: 'mail\u202E', versions }), 'mail⟨202E⟩');
});
