import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffRows } from './text-diff.ts';

test('two texts stand side by side, and each piece that differs has its number where it begins', () => {
  const rows = diffRows('a\nb\nc\nd\n', 'a\nB\r\nB2\nc\n');
  assert.deepEqual(rows, [
    { kind: 'same', left: 'a', right: 'a', begins: null },
    { kind: 'changed', left: 'b', right: 'B', begins: 0 },
    { kind: 'changed', left: null, right: 'B2', begins: null },
    { kind: 'same', left: 'c', right: 'c', begins: null },
    { kind: 'changed', left: 'd', right: null, begins: 1 },
  ]);
});
