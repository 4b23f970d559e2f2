import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, cutMiddle, padded, paddedLeft, table, width } from './text.ts';

test('wide characters count double', () => {
  assert.equal(width('abc'), 3);
  assert.equal(width('写真'), 4);
  assert.equal(padded('写真', 6), '写真  ');
  assert.equal(paddedLeft('写', 4), '  写');
});

test('what is cut says so and fits', () => {
  assert.equal(cut('abcdef', 6), 'abcdef');
  assert.equal(cut('abcdef', 5), 'abcd…');
  assert.equal(cut('写真写真', 5), '写真…');
  assert.equal(cutMiddle('photos/2024/summer/one.jpg', 13), 'phot…/one.jpg');
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
