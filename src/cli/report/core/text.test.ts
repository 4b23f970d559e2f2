import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, cutMiddle, padded, paddedLeft, table, width } from './text.ts';

test('wide characters count double', () => {
  assert.equal(width('abc'), 3);
  assert.equal(width('写真'), 4);
  assert.equal(padded('写真', 6), '写真  ');
  assert.equal(paddedLeft('写', 4), '  写');
});

test('from the first to the last of each wide script counts double, and what is beside it does not', () => {
  for (const [first, last] of [
    [0x1100, 0x115f],
    [0x2e80, 0xa4cf],
    [0xac00, 0xd7a3],
    [0xf900, 0xfaff],
    [0xfe30, 0xfe6f],
    [0xff00, 0xff60],
    [0x1f300, 0x1faff],
  ] as const) {
    const widths = [first - 1, first, last, last + 1].map((code) =>
      width(String.fromCodePoint(code)),
    );
    assert.deepEqual(widths, [1, 2, 2, 1], first.toString(16));
  }
});

test('what is cut says so and fits', () => {
  assert.equal(cut('abcdef', 6), 'abcdef');
  assert.equal(cut('abcdef', 5), 'abcd…');
  assert.equal(cut('写真写真', 5), '写真…');
  assert.equal(cutMiddle('photos/2024/summer/one.jpg', 13), 'phot…/one.jpg');
});

test('of a path both ends stay, as many columns as there are', () => {
  assert.equal(cutMiddle('abcdefghij', 10), 'abcdefghij');
  for (const columns of [4, 5, 6, 7, 8, 9]) {
    assert.equal(cutMiddle('abcdefghij', columns).length, columns);
  }
  assert.equal(cutMiddle('abcdefghij', 7), 'ab…ghij');
});

test('a table whose rows are of unequal length has the columns of the longest', () => {
  assert.deepEqual(table([['a'], ['b', 'c', 'd']]), ['a', 'b  c  d']);
  assert.deepEqual(
    table(
      [
        ['写', 'c'],
        ['b', 'dd'],
      ],
      [0],
    ),
    ['写  c', ' b  dd'],
  );
});

test('columns of a table line up, and its lines end with their text', () => {
  assert.deepEqual(
    table(
      [
        ['a', '1', 'x'],
        ['bbb', '22', ''],
      ],
      [1],
    ),
    ['a     1  x', 'bbb  22'],
  );
  assert.deepEqual(table([]), []);
});
