import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder, link } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Done, Outcome } from './outcome.ts';
import type { Transition } from './plan.ts';
import { undoing } from './undoing.ts';

const [old, fresh] = [file('old'), file('fresh')];
const signature = { mtimeMs: 7, ctimeMs: 8, inode: 9 };
const done: Done = { state: 'done', signature, bytes: 0 };
const on = { side: 'left', path: 'a' } as const;
const read = { ...on, content: contentOf(fresh), source: fresh, from: 'a' };
const back = (transition: Transition, outcome: Outcome = done) => undoing([transition], [outcome]);
const made = { kind: 'delete', ...on, expected: { ...contentOf(fresh), signature } } as const;
const trashed = { ...done, signature: null, trashed: 't/a' };
const returned = { kind: 'move', ...on, from: 't/a', expected: old, moved: true } as const;

test('what was made is taken away again, as it was found after it was made', () => {
  assert.deepEqual(back({ kind: 'create', ...read }), [made]);
  const content = contentOf(link('b'));
  assert.deepEqual(back({ kind: 'create', ...read }, { ...done, read: { content, signature } }), [
    { ...made, expected: { ...content, signature } },
  ]);
  const unsigned = { mtimeMs: 0, ctimeMs: 0, inode: 0 };
  assert.deepEqual(back({ kind: 'create', ...read }, { ...done, signature: null }), [
    { ...made, expected: { ...contentOf(fresh), signature: unsigned } },
  ]);
});

test('I4 what went to the trash comes back to its place', () => {
  assert.deepEqual(back({ kind: 'delete', ...on, expected: old }, trashed), [returned]);
  const replaced: Transition = { kind: 'update', ...read, expected: old };
  assert.deepEqual(back(replaced, { ...done, trashed: 't/a' }), [made, returned]);
  // Without a trash there is nothing to come back.
  assert.deepEqual(back(replaced), [made]);
});

test('a folder that was deleted is made again, itself alone', () => {
  const expected = folder(5, 0o700);
  const content = contentOf(expected);
  assert.deepEqual(back({ kind: 'delete', ...on, expected }, trashed), [
    { kind: 'create', ...on, content, source: expected, from: 'a' },
  ]);
});

test('what was moved goes back, and other times or permissions stay', () => {
  assert.deepEqual(back({ kind: 'move', ...on, from: 'b', expected: old }), [
    {
      ...{ kind: 'move', side: 'left', path: 'b', from: 'a', moved: true },
      expected: { ...contentOf(old), signature },
    },
  ]);
  const { from: _, ...metadata } = read;
  assert.deepEqual(back({ kind: 'metadata', ...metadata, expected: old }), []);
});

test('only what was done is undone, the last first', () => {
  const all = ['a', 'b', 'c'].map((path): Transition => ({ kind: 'create', ...read, path }));
  const paths = (...outcomes: readonly Outcome[]) => undoing(all, outcomes).map(({ path }) => path);
  assert.deepEqual(paths(done, { state: 'left' }, done), ['c', 'a']);
  assert.deepEqual(paths({ state: 'returned', restored: signature }, done), ['b']);
});
