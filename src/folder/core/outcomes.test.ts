import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';

const signature = { mtimeMs: 1.5, ctimeMs: 2.25, inode: 3 };
const done: Outcome = { state: 'done', signature, bytes: 4 };
const all: readonly Outcome[] = [
  { state: 'left' },
  { state: 'returned', restored: signature },
  done,
  { state: 'done', signature: null, bytes: 0 },
  { state: 'done', signature: { ...signature, racy: true }, bytes: 5 },
  { state: 'failed', code: 'folder-changed', reason: 'It is another.' },
  { ...done, trashed: '.syncmgr/trash/1/a' },
  { ...done, read: { content: { kind: 'link', target: 'b' }, signature } },
];

test('whatever came of a transition is given back as it was, also after a way between threads', () => {
  const kept = Outcomes.of(all);
  assert.equal(kept.length, all.length);
  assert.deepEqual([...kept], all);
  assert.deepEqual([...Outcomes.open(structuredClone(kept.pack()))], all);
});

test('what was not begun is left, and what is set again is forgotten', () => {
  const kept = new Outcomes(2);
  assert.deepEqual([...kept], [all[0], all[0]]);
  for (const outcome of [...all, ...all.toReversed()]) {
    kept.set(1, outcome);
    assert.deepEqual([...kept], [all[0], outcome]);
  }
});

test('done is told from all else', () => {
  const kept = Outcomes.of(all);
  assert.deepEqual(
    all.map((_, at) => kept.isDone(at)),
    all.map(({ state }) => state === 'done'),
  );
  assert.equal(kept.isDone(all.length), false);
  assert.equal(kept.areAllDone(), false);
  const others = Outcomes.of(all.filter(({ state }) => state === 'done'));
  assert.equal(others.areAllDone(), true);
});

test('an outcome is copied from another list whole, and a copy of a list is one of its own', () => {
  const kept = Outcomes.of(all);
  const turned = new Outcomes(all.length);
  for (const first of [5, 2]) {
    turned.set(0, all[first] as Outcome);
    for (const at of all.keys()) turned.copy(at, kept, all.length - 1 - at);
    assert.deepEqual([...turned], all.toReversed());
  }
  const own = Outcomes.of(kept);
  own.set(2, { state: 'left' });
  own.set(5, { state: 'left' });
  assert.deepEqual([...kept], all);
});
