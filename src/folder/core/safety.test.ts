import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, posix, row, same } from '../../../test/support/rows.ts';
import type { Entry } from './entry.ts';
import type { Transition } from './plan.ts';
import { alarmsOfChanges, changedFiles, guardFacts } from './safety.ts';

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
