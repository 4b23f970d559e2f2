import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OpenFolder, placeOf, rowsOf } from './folder-rows.ts';

const tree = (folders: Readonly<Record<string, OpenFolder>>) =>
  rowsOf((path) => folders[path] ?? null);

const shown = (rows: ReturnType<typeof rowsOf>) =>
  Array.from({ length: rows.count }, (_, row) => {
    const place = placeOf(rows, row);
    return place === null ? '?' : `${place.depth}:${place.folder}#${place.entry}`;
  });

test('the entries of an open folder follow its own row, and then its folder goes on', () => {
  const rows = tree({
    '': { total: 3, inside: [{ at: 0, path: 'a' }] },
    a: { total: 2, inside: [{ at: 1, path: 'a/b' }] },
    'a/b': { total: 1, inside: [] },
  });
  assert.deepEqual(shown(rows), ['0:#0', '1:a#0', '1:a#1', '2:a/b#0', '0:#1', '0:#2']);
});

test('a folder that was not answered yet takes no room', () => {
  const rows = tree({ '': { total: 2, inside: [{ at: 0, path: 'slow' }] } });
  assert.deepEqual(shown(rows), ['0:#0', '0:#1']);
  assert.deepEqual(tree({}), { count: 0, stretches: [] });
});

test('50,000 rows of one folder are one stretch, and each is found', () => {
  const rows = tree({ '': { total: 50_000, inside: [] } });
  assert.equal(rows.stretches.length, 1);
  assert.equal(placeOf(rows, 49_999)?.entry, 49_999);
  assert.equal(placeOf(rows, 50_000), null);
  assert.equal(placeOf(rows, -1), null);
});
