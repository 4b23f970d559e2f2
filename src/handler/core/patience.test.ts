import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, type Marks, moves, type Signs } from './patience.ts';

const patience = { warnMs: 60_000, stuckMs: 300_000 };
const begun: Signs = { movedAt: 0, isWarned: false };

test('HN-03 without a change it is slow after the first limit, and stuck after the second', () => {
  assert.deepEqual(judge(begun, patience, 0), { is: 'at-work', lookInMs: 60_000 });
  assert.deepEqual(judge(begun, patience, 60_000), { is: 'slow', forMs: 60_000 });
  const warned = { ...begun, isWarned: true };
  assert.deepEqual(judge(warned, patience, 60_000), { is: 'at-work', lookInMs: 240_000 });
  assert.deepEqual(judge(warned, patience, 300_000), { is: 'stuck', forMs: 300_000 });
});

test('HN-04 the same report again, a text that changes, and counters that go to and fro are no change', () => {
  const marks: Marks = new Map();
  const told = (report: Parameters<typeof moves>[2]) => moves(marks, 'a', report);
  assert.equal(told({ status: 'updating', value: 1, max: 9, text: 'one' }), true);
  for (let turn = 0; turn < 5; turn++) {
    assert.equal(told({ status: 'updating', value: turn % 2, max: 9, text: `${turn}` }), false);
  }
  assert.equal(told({ value: 2 }), true);
  assert.equal(told({ bytes: 1 }), true);
  assert.equal(told({ bytes: 1, value: 2 }), false);
  assert.equal(told({ status: 'paused' }), true);
  assert.equal(told({ status: 'updating' }), false);
});

test('HN-04 what is told without a total, or again after another status, is measured by its furthest', () => {
  const marks: Marks = new Map();
  const told = (report: Parameters<typeof moves>[2]) => moves(marks, 'a', report);
  assert.deepEqual([{}, { value: 0, bytes: 0 }, { max: 0, bytesMax: 0 }, { value: 1 }].map(told), [
    false,
    false,
    false,
    true,
  ]);
  assert.equal(told({ value: 9 }), true);
  assert.equal(told({ status: 'updating', value: 3 }), true);
  assert.equal(told({ value: 4 }), false);
  assert.equal(told({ value: 4, bytes: 1 }), true);
  assert.equal(told({ value: 9 }), false);
  assert.equal(told({ value: 5, max: 20 }), true);
  assert.equal(told({ value: 6 }), true);
  assert.deepEqual(marks.get('a')?.statuses, ['updating']);
});

test('HN-03 how long it stood still is counted from when something moved', () => {
  const moved = { movedAt: 1_000_000, isWarned: false };
  assert.deepEqual(judge(moved, patience, 1_060_000), { is: 'slow', forMs: 60_000 });
  assert.deepEqual(judge(moved, patience, 1_010_000), { is: 'at-work', lookInMs: 50_000 });
});

test('another total is another piece of work, counted from its beginning', () => {
  const marks: Marks = new Map();
  assert.equal(moves(marks, 'a', { value: 100, max: 100 }), true);
  assert.equal(moves(marks, 'a', { value: 1, max: 50 }), true);
  assert.equal(moves(marks, 'a', { value: 2 }), true);
  assert.equal(moves(marks, 'b', { value: 1 }), true);
  assert.equal(moves(marks, 'a', { bytes: 100, bytesMax: 100 }), true);
  assert.equal(moves(marks, 'a', { bytes: 1, bytesMax: 50 }), true);
  assert.equal(moves(marks, 'a', { bytes: 2 }), true);
  // Within the same piece of work the furthest stays.
  assert.equal(moves(marks, 'a', { bytes: 1, value: 3 }), true);
  assert.equal(moves(marks, 'a', { bytes: 2 }), false);
});
