import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, link, posix, row, same } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Entry, Side } from './entry.ts';
import type { Transition } from './plan.ts';
import { alarmsOfChanges, alarmsOfEmptied, changedFiles, guardFacts } from './safety.ts';

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

test('FS-28 more files cut to nothing than could be deleted unasked are an alarm, each side for itself', () => {
  const cut = (length: number, side: Side, source = file(''), expected = file('x')) =>
    Array.from({ length }, (_, at): Transition => {
      const path = `f${at}`;
      const content = contentOf(source);
      return { kind: 'update', side, path, from: path, expected, source, content };
    });
  const alarms = (transitions: readonly Transition[], known = 100, limits = {}) =>
    alarmsOfEmptied(transitions, known, limits).map(({ text }) => text);
  const told = '26 of 100 files would be emptied on the right.';
  assert.deepEqual(alarms(cut(26, 'right')), [told]);
  assert.deepEqual(alarms(cut(25, 'right')), []);
  assert.deepEqual(alarms(cut(26, 'right'), 130), []);
  assert.deepEqual(alarms([...cut(20, 'left'), ...cut(20, 'right')]), []);
  assert.deepEqual(alarms([...cut(26, 'left'), ...cut(26, 'right')]).length, 2);
  assert.equal(alarms(cut(3, 'left'), 100, { count: 2, share: 0 }).length, 1);
  // What keeps bytes, had none, or is no file is not emptied.
  assert.deepEqual(alarms(cut(26, 'right', file('x'))), []);
  assert.deepEqual(alarms(cut(26, 'right', file(''), file(''))), []);
  assert.deepEqual(alarms(cut(26, 'right', link('x'))), []);
  assert.deepEqual(alarms(cut(26, 'right', file(''), link('x'))), []);
  const [alarm] = alarmsOfEmptied(cut(26, 'right'), 100, {});
  assert.deepEqual([alarm?.guard, alarm?.side, alarm?.approvable], ['mass-emptied', 'right', true]);
});

test('CK-04 FS-28 an alarm of changes tells the side and how many, and can be approved', () => {
  const none = { known: 0, changed: 0 };
  assert.deepEqual(alarmsOfChanges({ left: none, right: { known: 12, changed: 12 } }), [
    {
      guard: 'all-changed',
      side: 'right',
      text: 'All 12 known files changed at once on the right. Approve if that was meant.',
      approvable: true,
    },
  ]);
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
