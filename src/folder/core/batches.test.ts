import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder } from '../../../test/support/rows.ts';
import { type PortionLimits, steps } from './batches.ts';
import { contentOf } from './change.ts';
import type { Entry, Side } from './entry.ts';
import type { Transition } from './plan.ts';
import { Transitions } from './transitions.ts';

const make = (path: string, source: Entry = file('x'), side: Side = 'right'): Transition => ({
  ...{ kind: 'create', side, path, content: contentOf(source), source, from: path },
});
const replace = (path: string, source: Entry, expected: Entry, side: Side = 'right') =>
  ({ ...make(path, source, side), kind: 'update', expected }) as Transition;
const remove = (path: string, expected: Entry = file('x')): Transition => ({
  ...{ kind: 'delete', side: 'right', path, expected },
});
const move = (from: string, path: string, side: Side = 'right'): Transition => ({
  ...{ kind: 'move', side, path, from, expected: file('x') },
});
const touch = (path: string): Transition => ({
  ...{ kind: 'metadata', side: 'right', path, expected: file('x') },
  ...{ content: contentOf(file('x', { mode: 0o600 })), source: file('x') },
});

const plenty: PortionLimits = { entries: 100, bytes: 1_000_000 };

/** Steps by `then`, portions by `|`; `*`: with trees. */
function cut(all: readonly Transition[], limits: Partial<PortionLimits> = {}): string {
  return steps(Transitions.of(all), { ...plenty, ...limits })
    .map(({ portions, trees }) => {
      const named = portions.map((portion) => portion.map((at) => all[at]?.path).join(' '));
      return `${trees ? '* ' : ''}${named.join(' | ')}`;
    })
    .join(' then ');
}

test('nothing to do has no steps', () => {
  assert.equal(cut([]), '');
});

test('what is made fills portions up to so many entries and so many bytes', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => make(path, file('xx')));
  assert.equal(cut(six, { entries: 6 }), '* a b c d e f');
  assert.equal(cut(six, { entries: 4 }), '* a b c d | e f');
  assert.equal(cut(six, { bytes: 12 }), '* a b c d e f');
  assert.equal(cut(six, { bytes: 11 }), '* a b c d e | f');
  assert.equal(cut(six, { bytes: 4 }), '* a b | c d | e f');
  // One that is too large for any portion has its own.
  assert.equal(cut(six, { bytes: 1 }), '* a | b | c | d | e | f');
});

test('each side has portions of its own, within one step', () => {
  const all = [make('a'), make('b', file('x'), 'left'), make('c')];
  assert.equal(cut(all), '* b | a c');
});

test('a new folder and all in it are one unit, in the order of the tree', () => {
  const tree = [make('d', folder()), make('d/s', folder()), make('b'), make('d/s/x'), make('d-a')];
  assert.equal(cut(tree), '* b d d/s d/s/x d-a');
  assert.equal(cut(tree, { entries: 3 }), '* b | d d/s d/s/x | d-a');
  assert.equal(cut(tree, { entries: 4 }), '* b d d/s d/s/x | d-a');
});

test('a folder that is too large is made before, and what is in it goes by its parts', () => {
  const tree = [
    make('d', folder()),
    make('d/s', folder()),
    make('d/s/x'),
    make('d/t', folder()),
    make('d/t/y'),
    make('e', folder()),
  ];
  assert.equal(cut(tree, { entries: 2 }), 'd then * d/s d/s/x | d/t d/t/y | e');
  assert.equal(cut(tree, { entries: 4 }), 'd then * d/s d/s/x d/t d/t/y | e');
  assert.equal(cut(tree, { entries: 1 }), 'd then d/s then d/t then * d/s/x | d/t/y | e');
  assert.equal(cut(tree, { bytes: 1 }), 'd then * d/s d/s/x | d/t d/t/y e');
  assert.equal(cut(tree, { bytes: 2 }), '* d d/s d/s/x d/t d/t/y e');
});

test('I16 files are deleted side by side, and then their folders one after the other', () => {
  const all = [remove('d/s/x'), remove('d/y'), remove('d/s', folder()), remove('d', folder())];
  assert.equal(cut(all, { entries: 1 }), 'd/s/x | d/y then d/s then d');
  assert.equal(cut(all), 'd/s/x d/y then d/s d');
  assert.equal(cut(all.slice(2)), 'd/s d');
});

test('moves stay in their order, and folders made between them with them', () => {
  const all = [move('a', 'b'), make('d', folder()), move('c', 'd/c'), make('e')];
  assert.equal(cut(all), 'b d d/c then * e');
  assert.equal(cut(all, { entries: 2 }), 'b d then d/c then * e');
  assert.equal(cut([make('d', folder()), move('c', 'd/c')]), '* d then d/c');
  assert.equal(cut([move('a', 'b'), make('c')]), 'b then * c');
});

test('a file that becomes a folder, or the other way round, is done in its order', () => {
  for (const [source, expected] of [
    [file('x'), folder()],
    [folder(), file('x')],
  ] as const) {
    const all = [replace('a', source, expected), replace('b', source, expected)];
    assert.equal(cut(all, { entries: 1 }), 'a then b');
  }
  const files = [replace('a', file('x'), file('y')), replace('b', file('x'), file('y'))];
  assert.equal(cut(files, { entries: 1 }), '* a | b');
});

test('what is read from a place that an earlier transition changes waits for it', () => {
  const copy = (path: string, from: string, side: Side): Transition =>
    ({ ...make(path, file('x'), side), from }) as Transition;
  const changed = replace('a', file('x'), file('y'), 'left');
  assert.equal(cut([changed, copy('c', 'a', 'right')]), '* a then * c');
  assert.equal(cut([changed, replace('a', file('x'), file('y'))]), '* a then * a');
  assert.equal(cut([changed, copy('c', 'b', 'right')]), '* a | c');
  assert.equal(cut([changed, copy('c', 'a', 'left')]), '* a c');
  // Nobody reads what is only made.
  assert.equal(cut([make('a', file('x'), 'left'), copy('c', 'a', 'right')]), '* a | c');
  // What was changed before the last wait is there by now.
  const third = copy('d', 'a', 'right');
  assert.equal(cut([changed, copy('c', 'a', 'right'), third]), '* a then * c d');
});

test('each kind of work waits for the one before', () => {
  const all = [make('a'), touch('b'), touch('c'), remove('d'), make('e')];
  assert.equal(cut(all), '* a then b c then d then * e');
  assert.equal(cut(all, { entries: 1 }), '* a then b then c then d then * e');
});
