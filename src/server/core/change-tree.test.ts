import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanChange } from '../../model/plan.ts';
import { folderAt, stretchOf, treeOf } from './change-tree.ts';

const change = (path: string, bytes = 1, kind: PlanChange['kind'] = 'create'): PlanChange => ({
  item: 'folders',
  side: 'right',
  kind,
  path,
  bytes,
});

const few = [change('a/b/c.txt', 5), change('a/d.txt', 7, 'delete'), change('e.txt', 1)];

const names = (tree: ReturnType<typeof treeOf>, folder: string, from = 0, limit = 100) => {
  const at = folderAt(tree, folder);
  return (at === null ? [] : stretchOf(at, from, limit)).map((entry) =>
    entry.type === 'folder' ? `${entry.folder.path}/` : entry.change.path,
  );
};

test('a folder of a plan counts what lies below it, however deep', () => {
  const tree = treeOf(few, {});
  assert.deepEqual([tree.count, tree.bytes], [3, 13]);
  const a = folderAt(tree, 'a');
  assert.deepEqual([a?.path, a?.count, a?.bytes], ['a', 2, 12]);
  assert.equal(folderAt(tree, 'a/b')?.count, 1);
  assert.equal(folderAt(tree, 'a/x'), null);
});

test('folders come first, then changes, both by name, in stretches', () => {
  const tree = treeOf([...few, change('Z/x'), change('0.txt')], {});
  assert.deepEqual(names(tree, ''), ['Z/', 'a/', '0.txt', 'e.txt']);
  assert.deepEqual(names(tree, '', 1, 2), ['a/', '0.txt']);
  assert.deepEqual(names(tree, '', 3, 9), ['e.txt']);
  assert.deepEqual(names(tree, '', 4, 9), []);
});

test('what does not fit the filter is neither shown nor counted', () => {
  const deletions = treeOf(few, { kinds: ['right.delete'] });
  assert.deepEqual([deletions.count, names(deletions, 'a')], [1, ['a/d.txt']]);
  assert.equal(treeOf(few, { kinds: [] }).count, 0);
  assert.equal(treeOf(few, { search: 'C.TXT' }).count, 1);
});

test('names of objects are names of folders like any others', () => {
  const tree = treeOf([change('__proto__/x'), change('constructor/y')], {});
  assert.deepEqual(names(tree, ''), ['__proto__/', 'constructor/']);
});

test('50,000 changes in one folder are given a hundred at a time', () => {
  const tree = treeOf(
    Array.from({ length: 50_000 }, (_, at) => change(`f${at}`)),
    {},
  );
  assert.deepEqual(names(tree, '', 49_998, 100), ['f9998', 'f9999']);
  assert.equal(names(tree, '', 100, 100).length, 100);
});
