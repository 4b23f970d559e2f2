import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import {
  byteLength,
  comparePaths,
  conflictName,
  foldName,
  isReserved,
  isSafeRelative,
  isWithin,
  nameOf,
} from './path.ts';

const never = () => false;
const at = Date.UTC(2026, 10, 20, 10, 15, 3);

test('NM-08 a path that could leave the root, or names nothing, is not safe', () => {
  for (const path of [
    '',
    '.',
    '..',
    'a/../b',
    '/abs',
    'a//b',
    'a/',
    'a/.',
    '\0',
    'a/b\0',
    '\ud800',
  ]) {
    assert.equal(isSafeRelative(path), false, JSON.stringify(path));
  }
  for (const path of ['a', 'a/b', '...', '..a', 'a b', '%2e%2e', '-rf', '$(x)', 'ä/日本']) {
    assert.equal(isSafeRelative(path), true, path);
  }
});

test('FS-25 the reserved name is ours at the root only, and only in whole', () => {
  assert.deepEqual(['.syncmgr', '.syncmgr/trash/x', '.syncmgrx', 'a/.syncmgr'].map(isReserved), [
    true,
    true,
    false,
    false,
  ]);
});

test('a conflict copy is named for side and time, before the extension', () => {
  const named = (path: string) => conflictName(path, 'right', at, never);
  assert.equal(named('d/report.txt'), 'd/report (conflict right 2026-11-20 10.15.03).txt');
  assert.equal(named('a.tar.gz'), 'a (conflict right 2026-11-20 10.15.03).tar.gz');
  assert.equal(named('.profile'), '.profile (conflict right 2026-11-20 10.15.03)');
  assert.equal(named('notes'), 'notes (conflict right 2026-11-20 10.15.03)');
});

test('NM-11 a conflict name never exceeds the limit, never repeats and stays a safe name', () => {
  const stem = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(stem, fc.integer({ min: 0, max: 4 }), (text, tries) => {
      const name = text.replaceAll('/', '_').replaceAll('\0', '_');
      const taken = new Set<string>();
      for (let turn = 0; turn <= tries; turn++) {
        const copy = conflictName(`d/${name}`, 'left', at, (each) => taken.has(each));
        assert.equal(taken.has(copy), false);
        assert.ok(byteLength(nameOf(copy)) <= 255);
        assert.ok(copy.startsWith('d/') && isSafeRelative(copy));
        taken.add(copy);
      }
    }),
    seeded(),
  );
});

test('NM-11 a name that is shortened keeps as much of its beginning as fits, and its extension', () => {
  const mark = ' (conflict right 2026-11-20 10.15.03)';
  const short = (name: string, bytesMax: number) =>
    conflictName(name, 'right', at, never, bytesMax);
  const whole = `äb${mark}.txt`;
  assert.equal(short('äb.txt', byteLength(whole)), whole);
  const [kept, tail] = short('äbcdefghijklm.txt', 53).split('~');
  assert.match(tail ?? '', /^[0-9a-f]{8} \(conflict right 2026-11-20 10\.15\.03\)\.txt$/);
  assert.equal(kept, 'äb');
  assert.match(short('äbcdefghijklm.txt', 51), /^~/);
  assert.match(short('äbcdefghijklm.txt', 52), /^ä~/);
  // Two that begin alike stay two.
  assert.notEqual(short('äbcdefghijklm.txt', 52), short('äbcdefghijkln.txt', 52));
});

test('a conflict name that is taken is numbered', () => {
  const taken = new Set(['a (conflict left 2026-11-20 10.15.03).txt']);
  taken.add('a (conflict left 2026-11-20 10.15.03 2).txt');
  const copy = conflictName('a.txt', 'left', at, (path) => taken.has(path));
  assert.equal(copy, 'a (conflict left 2026-11-20 10.15.03 3).txt');
});

test('times of copies are those of the calendar', () => {
  const day = fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const text = date.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
      assert.equal(conflictName('x', 'left', date.getTime(), never), `x (conflict left ${text})`);
    }),
    seeded(),
  );
});

test('the length in bytes is that of UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(byteLength(text), new TextEncoder().encode(text).length);
    }),
    seeded(),
  );
});

test('NM-04 names that some disk takes for one fold to one', () => {
  for (const [one, other] of [
    ['straße', 'STRASSE'],
    ['ſ', 's'],
    ['\u212a', 'k'],
    ['ﬁ', 'FI'],
    ['Σας', 'ΣΑΣ'],
    ['\u00e9', 'e\u0301'],
  ] as const) {
    assert.equal(foldName(one), foldName(other), `${one} ${other}`);
  }
  assert.notEqual(foldName('a'), foldName('b'));
});

test('a folder sorts before its content, and all its content together', () => {
  const sorted = ['a-b', 'a/x', 'a', 'a/x/y', 'a.b', 'b'].sort(comparePaths);
  assert.deepEqual(sorted, ['a', 'a/x', 'a/x/y', 'a-b', 'a.b', 'b']);
});

test('a path is within what is at or above it, by whole names', () => {
  const set = new Set(['a/b']);
  assert.deepEqual(
    ['a', 'a/b', 'a/b/c', 'a/bc'].map((path) => isWithin(path, set)),
    [false, true, true, false],
  );
});
