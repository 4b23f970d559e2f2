import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GuardFacts } from '../../model/plan.ts';
import { defaultDeletionLimits } from '../../model/plan.ts';
import { finalHalt, halts } from './guard.ts';

const facts = (more: Partial<GuardFacts>): GuardFacts => ({
  item: 'a',
  known: { left: 100, right: 1_000 },
  deletions: {},
  overwrites: {},
  alarms: [],
  ...more,
});
const fired = (more: Partial<GuardFacts>) => halts([facts(more)]).map(({ guard }) => guard);

test('CF-05 more than 25 deletions and more than a fifth of a side halt the session', () => {
  assert.deepEqual(fired({ deletions: { left: 26 } }), ['mass-delete']);
  assert.deepEqual(fired({ deletions: { left: 25 } }), []);
  assert.deepEqual(fired({ deletions: { right: 200 } }), []);
  assert.deepEqual(fired({ deletions: { right: 201 } }), ['mass-delete']);
});

test('CF-05 each side counts for itself', () => {
  assert.deepEqual(fired({ deletions: { left: 20, right: 199 } }), []);
  const [left, right] = halts([facts({ deletions: { left: 50, right: 500 } })]);
  assert.deepEqual([left?.side, right?.side], ['left', 'right']);
});

test('CF-05 of a side of which nothing was known any deletions beyond the limit are too many', () => {
  const [halt] = halts([facts({ known: {}, deletions: { left: 26 } })]);
  assert.equal(halt?.text, '26 of 0 entries would be deleted on the left.');
  assert.deepEqual(fired({ known: {}, overwrites: { left: 1_000 } }), []);
});

test('CF-05 what a guard saw is told, and a person may let it pass', () => {
  assert.deepEqual(halts([facts({ deletions: { right: 500 }, overwrites: { left: 100 } })]), [
    {
      item: 'a',
      guard: 'mass-delete',
      side: 'right',
      text: '500 of 1000 entries would be deleted on the right.',
      approvable: true,
    },
    {
      item: 'a',
      guard: 'all-changed',
      side: 'left',
      text: 'All 100 entries would be overwritten on the left.',
      approvable: true,
    },
  ]);
});

test('a partnership can move the limits of its deletions', () => {
  assert.deepEqual(fired({ deletions: { left: 3 }, limits: { count: 2, share: 0 } }), [
    'mass-delete',
  ]);
  assert.deepEqual(fired({ deletions: { left: 90 }, limits: { share: 1 } }), []);
});

test('a side on which everything would be overwritten halts the session', () => {
  assert.deepEqual(fired({ overwrites: { left: 100 } }), ['all-changed']);
  assert.deepEqual(fired({ overwrites: { left: 99 } }), []);
  const few = { known: { left: defaultDeletionLimits.count } };
  assert.deepEqual(fired({ ...few, overwrites: { left: defaultDeletionLimits.count } }), []);
});

test('an alarm of the handler halts its item, and one that cannot be approved is final', () => {
  const alarm = { guard: 'root-vanished', side: 'left', text: 'Gone.', approvable: false };
  const all = halts([facts({}), facts({ item: 'b', alarms: [alarm] })]);
  assert.deepEqual(all, [{ ...alarm, item: 'b' }]);
  assert.equal(finalHalt(all)?.guard, 'root-vanished');
  assert.equal(finalHalt(halts([facts({ deletions: { left: 50 } })])), null);
});
