import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOf, kindsOf, whatItDoes } from './verbs.ts';

test('what approving does is told for each kind and side', () => {
  const counts = {
    'right.delete': 200,
    'left.create': 1,
    'left.update': 2,
    'left.move': 2,
    'left.metadata': 2,
    'left.other': 2,
    'mail.box.sort\u202E': 2,
  };
  assert.equal(
    whatItDoes({ counts }, String),
    'deletes 200 entries on the right, creates 1 entry on the left, ' +
      'replaces 2 entries on the left, moves 2 entries on the left, ' +
      'changes the times or modes of 2 entries on the left, ' +
      'does something else to 2 entries on the left, sort⟨202E⟩ 2 entries on the mail.box',
  );
  assert.equal(whatItDoes({ counts: {} }, String), 'changes nothing');
  assert.deepEqual(countsOf({ counts: { 'left.create': 1 } }), [
    { side: 'left', kind: 'create', count: 1 },
  ]);
});

test('a guard leads to the changes that it speaks of, where there are any', () => {
  const counts = { 'left.delete': 3, 'right.update': 4, 'right.delete': 0 };
  const keys = (guard: string, side: string | null) => kindsOf({ guard, side }, { counts });
  assert.deepEqual(keys('mass-delete', 'left'), ['left.delete']);
  assert.deepEqual(keys('all-changed', 'right'), ['right.update']);
  assert.deepEqual(keys('mass-delete', 'right'), []);
  assert.deepEqual(keys('all-changed', 'left'), []);
  assert.deepEqual(keys('mass-delete', null), []);
  assert.deepEqual(keys('root-vanished', 'left'), []);
});
