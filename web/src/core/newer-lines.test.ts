import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine } from '../data/shapes.ts';
import { withNewer } from './newer-lines.ts';

const lines = (from: number, to: number): readonly LogLine[] =>
  Array.from({ length: from - to + 1 }, (_, at) => ({ id: from - at }) as unknown as LogLine);

test('newer lines come before those that are shown, each once', () => {
  const shown = { pages: [lines(10, 6), lines(5, 1)], pageParams: [null, 6] };
  const next = withNewer(shown, lines(12, 10), 100);
  assert.deepEqual(
    next.pages.flat().map(({ id }) => id),
    [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  );
  assert.deepEqual(next.pageParams, [null, 6]);
});

test('where more came than was asked for, what is shown begins with them: no gap is shown as none', () => {
  const next = withNewer({ pages: [lines(10, 1)], pageParams: [null] }, lines(500, 401), 100);
  assert.deepEqual([next.pages.length, next.pages[0]?.length], [1, 100]);
});

test('lines that stream in for hours stay so many', () => {
  let shown = { pages: [lines(100, 1)], pageParams: [null] as (number | null)[] };
  for (let id = 101; id < 8_000; id += 50) shown = withNewer(shown, lines(id + 49, id), 100);
  assert.ok(shown.pages.flat().length <= 2_000);
});
