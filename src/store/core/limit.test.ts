import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowLimit } from './limit.ts';

test('a list brings what was asked for, between one row and ten thousand', () => {
  const rows: readonly (readonly [number | undefined, number])[] = [
    [undefined, 50],
    [7.9, 7],
    [1, 1],
    [0, 1],
    [-5, 1],
    [Number.NaN, 1],
    [10_000, 10_000],
    [10_001, 10_000],
    [Number.POSITIVE_INFINITY, 10_000],
  ];
  for (const [asked, expected] of rows) assert.equal(rowLimit(asked, 50), expected, `${asked}`);
});
