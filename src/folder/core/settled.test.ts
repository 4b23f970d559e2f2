import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import { encodeTransition } from './draft.ts';
import type { Outcome } from './outcome.ts';
import type { Resolved, Transition } from './plan.ts';
import { settledConflicts } from './settled.ts';
import { undoing } from './undoing.ts';

const source = file('x');
const create = (path: string): Transition => ({
  ...{ kind: 'create', side: 'left', path, content: contentOf(source), source, from: path },
});
const resolved = (path: string, kept: Resolved['kept'], copy: string | null = null): Resolved => ({
  conflict: { path, kind: 'edit-edit', left: source, right: source },
  kept,
  copy,
});
const done: Outcome = { state: 'done', signature: null, bytes: 0 };
const left: Outcome = { state: 'left' };

test('I10 what a rule decided is on record with the way back of all that carried it out', () => {
  const transitions = ['a', 'a copy', 'b/inside', 'other'].map(create);
  const decided = [resolved('a', 'both', 'a copy'), resolved('b', 'right')];
  const found = settledConflicts('item', decided, transitions, [done, done, done, done]);
  const back = (...own: readonly Transition[]) =>
    undoing(
      own,
      own.map(() => done),
    ).map((one) => encodeTransition('item', one));
  assert.deepEqual(
    found.map(({ settled }) => settled.resolution),
    [{ choice: 'keep-both' }, { choice: 'keep', side: 'right' }],
  );
  assert.deepEqual(
    found.map(({ settled }) => settled.undo),
    [back(...transitions.slice(0, 2)), back(...transitions.slice(2, 3))],
  );
});

test('what was not done at all is not on record, and of what was done in part that part is', () => {
  const transitions = ['a', 'a copy', 'b'].map(create);
  const decided = [resolved('a', 'both', 'a copy'), resolved('b', 'left'), resolved('c', 'left')];
  const found = settledConflicts('item', decided, transitions, [left, done, left]);
  assert.deepEqual(
    found.map(({ resolved: { conflict }, settled }) => [
      conflict.path,
      Array.isArray(settled.undo) && settled.undo.length,
    ]),
    [['a', 1]],
  );
  assert.deepEqual(settledConflicts('item', decided, transitions, [done]).length, 1);
  assert.deepEqual(settledConflicts('item', [], transitions, [done, done, done]), []);
});
