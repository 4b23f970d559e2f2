import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, posix, row, same } from '../../../test/support/rows.ts';
import type { Entry } from './entry.ts';
import type { Transition } from './plan.ts';
import {
  alarmsOfChanges,
  changedFiles,
  guardFacts,
  judgeSafety,
  type RootFacts,
  type SafetyFacts,
} from './safety.ts';

const marker = { root: 'b2f1', generation: 7 };
const healthy: RootFacts = {
  path: '/data',
  present: true,
  kind: 'folder',
  empty: false,
  device: 1,
  marker,
  expected: { marker, device: 1, known: 3 },
};

function judge(left: Partial<RootFacts>, more: Partial<SafetyFacts> = {}) {
  const roots = { left: { ...healthy, ...left }, right: healthy };
  return judgeSafety({ roots, baselineGeneration: 7, synchronizedBefore: true, ...more });
}

function guardsOf(left: Partial<RootFacts>, more: Partial<SafetyFacts> = {}) {
  return judge(left, more).alarms.map(({ guard, side, approvable }) => [guard, side, approvable]);
}

test('two roots that are as they were raise nothing, and the baseline is trusted', () => {
  assert.deepEqual(judge({}), { alarms: [], baselineTrusted: true });
});

test('FS-01 a root that vanished halts and cannot be approved away', () => {
  assert.deepEqual(guardsOf({ present: false, kind: null, marker: null }), [
    ['root-vanished', 'left', false],
  ]);
});

test('FS-02 a root that was emptied halts, even if one entry was known, and can be approved', () => {
  const expected = { ...healthy.expected, known: 1 };
  assert.deepEqual(guardsOf({ empty: true, expected }), [['root-emptied', 'left', true]]);
  assert.deepEqual(guardsOf({ empty: true, expected: { ...expected, known: 0 } }), []);
});

test('FS-03 an empty mount point in place of the volume halts', () => {
  assert.deepEqual(guardsOf({ empty: true, marker: null, device: 2 }), [
    ['root-emptied', 'left', true],
  ]);
  assert.deepEqual(guardsOf({ marker: null, device: 2 }), [['root-replaced', 'left', false]]);
});

test('FS-04, FS-05, CF-03 a marker made by hand or of another root is not accepted', () => {
  const other = { root: 'aaaa', generation: 7 };
  assert.deepEqual(guardsOf({ marker: other }), [['root-replaced', 'left', false]]);
});

test('a root that cannot be marked is known by its device', () => {
  const expected = { marker: null, device: 1, known: 3 };
  assert.deepEqual(guardsOf({ marker: null, expected }), []);
  assert.deepEqual(guardsOf({ marker: null, device: 2, expected }), [
    ['root-replaced', 'left', false],
  ]);
});

test('FS-06 a root that became a file or a link halts', () => {
  assert.deepEqual(guardsOf({ kind: 'other' }), [['root-type-changed', 'left', false]]);
});

test('I21 without its baseline a pair is united, not halted', () => {
  assert.deepEqual(judge({}, { baselineGeneration: null }), { alarms: [], baselineTrusted: false });
});

test('DB-04, I22 a store older than the roots is not trusted', () => {
  assert.deepEqual(judge({}, { baselineGeneration: 6 }), { alarms: [], baselineTrusted: false });
});

test('DB-05 roots older than the store halt, unless only the last mark is missing', () => {
  assert.deepEqual(guardsOf({}, { baselineGeneration: 8 }), []);
  assert.deepEqual(guardsOf({}, { baselineGeneration: 9 }), [['store-newer', null, true]]);
});

test('CK-04, FS-28 all of at least ten known files changed at once is an alarm', () => {
  const none = { known: 0, changed: 0 };
  assert.equal(alarmsOfChanges({ left: { known: 10, changed: 10 }, right: none }).length, 1);
  assert.equal(alarmsOfChanges({ left: { known: 10, changed: 9 }, right: none }).length, 0);
  assert.equal(alarmsOfChanges({ left: { known: 9, changed: 9 }, right: none }).length, 0);
});

test('only files that are there with other content count as changed', () => {
  const rows = [
    row('a', file('b'), file('xx'), same),
    row('b', file('b'), absent, file('b', { mode: 0o600 })),
    row('c', null, file('new'), absent),
  ];
  assert.deepEqual(changedFiles(rows, { left: posix, right: posix }), { left: 1, right: 0 });
});

test('CF-05 the facts count deletions and overwrites by side; moves are neither', () => {
  const signature = { mtimeMs: 1, ctimeMs: 1, inode: 1 };
  const expected: Entry = { kind: 'folder', mode: 0o755, signature };
  const file: Entry = { kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null, signature };
  const transitions: Transition[] = [
    { kind: 'move', side: 'left', path: 'b', from: 'a', expected, carries: [] },
    { kind: 'delete', side: 'left', path: 'c', expected },
    { kind: 'delete', side: 'right', path: 'd', expected },
    { kind: 'delete', side: 'right', path: 'e', expected },
    {
      kind: 'update',
      side: 'left',
      path: 'f',
      from: 'f',
      expected: file,
      source: file,
      content: file,
    },
  ];
  const facts = guardFacts('item', { transitions }, { left: 9, right: 8 }, [], { count: 2 });
  assert.deepEqual(facts, {
    item: 'item',
    known: { left: 9, right: 8 },
    deletions: { left: 1, right: 2 },
    overwrites: { left: 1, right: 0 },
    alarms: [],
    limits: { count: 2 },
  });
});
