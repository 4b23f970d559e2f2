import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, plan, row, same } from '../../../test/support/rows.ts';
import type { BaseEntry } from './entry.ts';
import type { Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import { renewRestored, settle } from './settle.ts';
import { Transitions } from './transitions.ts';

const A = file('a', { inode: 11 });
const B = file('b', { inode: 12 });
const done: Outcome = { state: 'done', signature: A.signature, bytes: 0 };
const failed: Outcome = { state: 'failed', code: 'folder-target-appeared', reason: '' };

/** By way of a third: b aside, a to b, and what stepped aside to a. */
const ring = plan([row('a', A, B, same), row('b', B, A, same)]);

function settled(outcomes: readonly Outcome[]) {
  return new Map(settle(ring.transitions, outcomes, ring.agreements));
}

test('where a move left and nothing came as planned, nothing is agreed on', () => {
  assert.equal(settled([done, failed, failed]).get('b'), null);
  const after = settled([done, done, failed]);
  assert.equal(after.get('a'), null);
  assert.notEqual(after.get('b'), null);
});

test('what went back where it was is agreed on as before', () => {
  const returned = { state: 'returned', restored: A.signature } as const;
  assert.equal(settled([returned, failed, failed]).size, 0);
  assert.equal(settled([done, done, done]).get('a')?.content.kind, 'file');
});

test('a move that failed leaves the places of a chain before it alone', () => {
  const chain = plan([row('1', A, absent, same), row('2', B, A, same), row('3', null, B, absent)]);
  const after = settle(chain.transitions, [done, failed], chain.agreements);
  assert.deepEqual([after.get('2'), after.has('1')], [null, false]);
});

test('I7 what was put back keeps what was agreed on, with the change time that this made', () => {
  const edited = plan([row('a', A, B, same)]);
  const restored = { mtimeMs: 1, ctimeMs: 77, inode: 1 };
  const after = (base: BaseEntry | null) => {
    const changes = new Map<string, BaseEntry | null>();
    const outcomes = Outcomes.of([{ ...failed, restored }]);
    renewRestored(changes, Transitions.of(edited.transitions), outcomes, () => base);
    return changes;
  };
  const base = row('a', A, B, same).base as BaseEntry;
  assert.deepEqual(after(base), new Map([['a', { ...base, right: restored }]]));
  assert.equal(after(null).size, 0);
  assert.equal(after({ ...base, right: { ...base.right, ctimeMs: 5 } }).size, 0);
});
