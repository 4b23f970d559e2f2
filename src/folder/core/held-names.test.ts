import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, folder, folding, posix, row, same } from '../../../test/support/rows.ts';
import { openBaseline } from './baseline.ts';
import { writeBaseline } from './baseline-write.ts';
import { type BaseEntry, type Entry, sides } from './entry.ts';
import { heldNames } from './held-names.ts';

const about = { generation: 1, roots: { left: 'l', right: 'r' }, rulesKey: '' };
const tree: Readonly<Record<string, Entry>> = {
  A: folder(),
  'A/x': file('w'),
  Ab: file('x'),
  aB: file('y'),
  d: folder(),
  'd/É': file('z'),
  'd/e': folder(),
  'd/e/straße': file('s'),
};
const baseOf = ({ signature, ...content }: Entry): BaseEntry => ({
  content,
  left: signature,
  right: signature,
});
const baseline = openBaseline(
  writeBaseline(
    null,
    new Map(Object.entries(tree).map(([path, entry]) => [path, baseOf(entry)])),
    about,
  ),
);

const speak = (...paths: readonly string[]) => paths.map((path) => row(path, null, absent, same));

test('a side that tells names apart holds a name of the baseline that no row speaks of', () => {
  const held = heldNames(baseline, speak('aB', 'd/e'), { left: posix, right: posix });
  for (const [path, wanted] of [
    ['Ab', 'Ab'],
    ['aB', null],
    ['ab', null],
    ['d', 'd'],
    ['d/É', 'd/É'],
    ['d/é', null],
    ['d/e', null],
    ['d/e/straße', 'd/e/straße'],
    ['A/x', 'A/x'],
    ['A/d', null],
    ['Ab/x', null],
    ['Ab/d', null],
    ['x/y', null],
    ['x/d', null],
  ] as const) {
    for (const side of sides) assert.equal(held(side, path), wanted, `${side} ${path}`);
  }
});

test('a side that folds names holds the first one it takes for the same and no row speaks of', () => {
  const nfd = 'É'.normalize('NFD');
  for (const [spoken, path, wanted] of [
    [[], 'Ab', 'Ab'],
    [[], 'ab', 'Ab'],
    [['Ab'], 'AB', 'aB'],
    [['Ab', 'aB'], 'ab', null],
    [[], 'abc', null],
    [[], 'd/é', 'd/É'],
    [[], `d/${nfd}`, 'd/É'],
    [['d/É'], 'd/é', null],
    [[], 'D', 'd'],
    [[], 'd/E', 'd/e'],
    [[], 'd/e/STRASSE', 'd/e/straße'],
    [['d/e'], 'd/e/STRASSE', 'd/e/straße'],
    // The folder itself is named as the baseline has it.
    [[], 'D/é', null],
    [[], 'A/X', 'A/x'],
    [[], 'aB/x', null],
    [[], 'aB/D', null],
    [[], 'x/D', null],
    [[], 'x/y', null],
  ] as const) {
    const held = heldNames(baseline, speak(...spoken), { left: posix, right: folding });
    assert.equal(held('right', path), wanted, path);
    assert.equal(held('right', path), wanted, `${path} again`);
  }
});

test('either way of folding folds, each side for itself', () => {
  const caseOnly = { ...posix, caseSensitive: false };
  const spellingOnly = { ...posix, normalizationSensitive: false };
  for (const folds of [caseOnly, spellingOnly]) {
    const onLeft = heldNames(baseline, [], { left: folds, right: posix });
    assert.deepEqual([onLeft('left', 'AB'), onLeft('right', 'AB')], ['Ab', null]);
    const onRight = heldNames(baseline, [], { left: posix, right: folds });
    assert.deepEqual([onRight('left', 'AB'), onRight('right', 'AB')], [null, 'Ab']);
  }
});

test('folders that are asked about in turn are not taken for one another', () => {
  const held = heldNames(baseline, [], { left: folding, right: folding });
  const asked = ['d/É', 'É', 'd/e/STRASSE', 'd/STRASSE', 'AB', 'd/AB', 'd/e/AB'];
  assert.deepEqual(
    asked.map((path) => held('left', path)),
    ['d/É', null, 'd/e/straße', null, 'Ab', null, null],
  );
});
