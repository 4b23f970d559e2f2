import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conflictOf } from './conflict.ts';

const unknown = { size: null, modifiedAt: null, digest: null };

test('a line that says little is a dispute of two edits of a file, named by the line', () => {
  assert.deepEqual(conflictOf('it', {}, 'the line'), {
    item: 'it',
    subject: 'the line',
    kind: 'edit-edit',
    versions: ['left', 'right'].map((side) => ({
      side,
      present: true,
      kind: 'file',
      location: null,
      ...unknown,
    })),
  });
});

test('a line may name the path, the sides, the kinds, a deletion, and where versions lie', () => {
  const fields = {
    path: 'a.txt',
    kind: 'edit-delete',
    type: 'mail',
    sides: 'phone, server',
    absent: 'server',
    phoneAt: '/tmp/a',
  };
  assert.deepEqual(conflictOf('it', fields, 'the line'), {
    item: 'it',
    subject: 'a.txt',
    kind: 'edit-delete',
    versions: [
      { side: 'phone', present: true, kind: 'mail', location: '/tmp/a', ...unknown },
      { side: 'server', present: false, kind: 'mail', location: null, ...unknown },
    ],
  });
});
