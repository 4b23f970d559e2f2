import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanChange } from '../data/shapes.ts';
import { rowsOf, treeOf } from './change-tree.ts';

const change = (path: string, bytes = 1): PlanChange => ({
  item: 'folders',
  side: 'right',
  kind: 'create',
  path,
  bytes,
});

test('a folder counts what lies below it, however deep', () => {
  const tree = treeOf([change('a/b/c.txt', 5), change('a/d.txt', 7), change('e.txt', 1)]);
  assert.deepEqual([tree.count, tree.bytes], [3, 13]);
  const a = tree.folders.get('a');
  assert.deepEqual([a?.path, a?.count, a?.bytes], ['a', 2, 12]);
  assert.equal(a?.folders.get('b')?.path, 'a/b');
});

test('only what stands in open folders is a row', () => {
  const tree = treeOf([change('a/b/c.txt'), change('a/d.txt'), change('e.txt')]);
  const rows = (open: readonly string[]) =>
    rowsOf(tree, (path) => open.includes(path)).map((row) =>
      row.kind === 'folder'
        ? `${row.depth} ${row.folder.path}/`
        : `${row.depth} ${row.change.path}`,
    );
  assert.deepEqual(rows([]), ['0 a/', '0 e.txt']);
  assert.deepEqual(rows(['a']), ['0 a/', '1 a/b/', '1 a/d.txt', '0 e.txt']);
  assert.deepEqual(rows(['a', 'a/b']), ['0 a/', '1 a/b/', '2 a/b/c.txt', '1 a/d.txt', '0 e.txt']);
});

test('50,000 changes are a tree of a few rows until somebody opens one', () => {
  const all = Array.from({ length: 50_000 }, (_, at) => change(`d${at % 40}/s${at % 7}/f${at}`));
  const tree = treeOf(all);
  assert.equal(tree.count, 50_000);
  assert.equal(rowsOf(tree, () => false).length, 40);
});
