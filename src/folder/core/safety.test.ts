import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  link,
  posix,
  row,
  same,
  unknown,
} from '../../../test/support/rows.ts';
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

test('each side whose known files all changed has an alarm, the left one first', () => {
  const all = { known: 10, changed: 10 };
  const more = { known: 11, changed: 12 };
  const few = { known: 9, changed: 9 };
  for (const [left, right, wanted] of [
    [all, more, ['left', 'right']],
    [more, few, ['left']],
    [few, all, ['right']],
    [few, { known: 12, changed: 11 }, []],
  ] as const) {
    assert.deepEqual(
      alarmsOfChanges({ left, right }).map(({ side }) => side),
      wanted,
    );
  }
});

test('changed files are counted by side; folders, links and files that are new or gone are not', () => {
  const rows = [
    row('a', file('b'), same, file('xx')),
    row('b', file('b'), file('yy'), file('xx')),
    row('c', folder(), file('x'), absent),
    row('d', link('x'), link('y'), file('x')),
    row('e', file('b'), absent, unknown('e')),
    row('f', file('b'), link('x'), folder()),
    row('g', file('b'), file('b', { timeMs: 5 }), same),
    row('h', null, file('b'), file('cc')),
  ];
  const abilities = { left: posix, right: posix };
  assert.deepEqual(changedFiles(rows, abilities), { left: 3, right: 3 });
  assert.deepEqual(changedFiles([], abilities), { left: 0, right: 0 });
});

test('FS-28 emptied files are an alarm above both limits only, also where other changes stand between', () => {
  const on = (side: Side, path: string) => ({ side, path, from: path }) as const;
  const plan: Transition[] = [];
  for (let at = 0; at < 4; at++) {
    const read = { ...on('left', `f${at}`), source: file(''), content: contentOf(file('')) };
    plan.push({ kind: 'update', ...read, expected: file('x') });
    plan.push({ kind: 'create', ...read, path: `g${at}` });
    plan.push({ kind: 'delete', side: 'left', path: `h${at}`, expected: file('x') });
    plan.push({ kind: 'metadata', ...read, expected: file('x') });
    plan.push({ kind: 'update', ...read, side: 'right', expected: folder() });
  }
  const alarms = (known: number, count: number, share: number) =>
    alarmsOfEmptied(plan, known, { count, share });
  assert.deepEqual(alarms(15, 3, 0.25), [
    {
      guard: 'mass-emptied',
      side: 'left',
      text: '4 of 15 files would be emptied on the left.',
      approvable: true,
    },
  ]);
  assert.deepEqual(alarms(16, 3, 0.25), []);
  assert.deepEqual(alarms(15, 4, 0.25), []);
  assert.deepEqual(alarmsOfEmptied(plan, 1, {}), []);
  assert.deepEqual(alarmsOfEmptied([], 0, { count: 0, share: 0 }), []);
});

test('CF-05 only updates of files overwrite, and without limits none are told', () => {
  const at = (side: Side) => ({ side, path: 'a', from: 'a', source: file('n') }) as const;
  const content = contentOf(file('n'));
  const alarm = { guard: 'all-changed', side: 'left', text: 'x', approvable: true } as const;
  const transitions: Transition[] = [
    { kind: 'delete', side: 'left', path: 'b', expected: link('o') },
    { kind: 'create', ...at('left'), content },
    { kind: 'metadata', ...at('left'), content, expected: file('o') },
    { kind: 'update', ...at('left'), content, expected: folder() },
    { kind: 'update', ...at('left'), content, expected: link('o') },
    { kind: 'update', ...at('right'), content, expected: file('o') },
    { kind: 'update', ...at('right'), content, expected: file('p') },
    { kind: 'delete', side: 'left', path: 'c', expected: file('o') },
  ];
  const facts = guardFacts('i', { transitions }, { left: 1, right: 2 }, [alarm]);
  assert.deepEqual(facts, {
    item: 'i',
    known: { left: 1, right: 2 },
    deletions: { left: 2, right: 0 },
    overwrites: { left: 0, right: 2 },
    alarms: [alarm],
  });
});
