import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Baseline, Names, openBaseline } from './baseline.ts';
import { type Changes, type Merged, merge } from './baseline-merge.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content } from './entry.ts';

const signature = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
const entry = (content: Content): BaseEntry => ({ content, left: signature, right: signature });
const folder = entry({ kind: 'folder', mode: 0o755 });
const file = entry({ kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null });
const link = entry({ kind: 'link', target: 'x' });
const about = { generation: 1, roots: { left: 'l', right: 'r' }, rulesKey: '' };

type Tree = Readonly<Record<string, BaseEntry | null>>;
const changesOf = (tree: Tree): Changes => new Map(Object.entries(tree));

function known(tree: Tree): Baseline {
  return openBaseline(writeBaseline(null, changesOf(tree), about));
}

/** Numbers of the folders: root 0, a 1, c 2, a/m 3. */
const old = known({
  a: folder,
  'a/f': file,
  'a/m': folder,
  'a/m/g': file,
  b: file,
  c: folder,
  'c/h': file,
});

/** `0: a +b c` for each folder: what is new or changed has a plus, a star means other names. */
function told(from: Baseline | null, { source, fresh, folders }: Merged): string[] {
  const names = from === null ? null : new Names(from, 'any-order');
  return folders.map(({ old: number, renamed, first }, index) => {
    const end = folders[index + 1]?.first ?? source.length;
    const said = [...source.subarray(first, end)].map((at) =>
      at < 0 ? `+${fresh[~at]?.name}` : (names?.of(at, number) ?? ''),
    );
    return `${number}${renamed ? '*' : ''}: ${said.join(' ')}`;
  });
}

test('a merge keeps the folders that stay in their order, and puts new ones behind them', () => {
  for (const [what, change, wanted] of [
    ['nothing', {}, ['0: a b c', '1: f m', '2: h', '3: g']],
    ['a file', { b: file }, ['0: a +b c', '1: f m', '2: h', '3: g']],
    ['a file below', { 'a/m/g': link }, ['0: a b c', '1: f m', '2: h', '3: +g']],
    ['a folder', { a: folder }, ['0: +a b c', '1: f m', '2: h', '3: g']],
    ['the last', { c: folder, 'c/h': file }, ['0: a b +c', '1: f m', '2: +h', '3: g']],
    ['gone file', { b: null }, ['0*: a c', '1: f m', '2: h', '3: g']],
    ['gone folder', { a: null }, ['0*: b c', '2: h']],
    ['gone inner', { 'a/m': null }, ['0: a b c', '1*: f', '2: h']],
    ['gone content', { 'c/h': null }, ['0: a b c', '1: f m', '2*: ', '3: g']],
    ['never there', { x: null, 'a/x': null }, ['0: a b c', '1: f m', '2: h', '3: g']],
    ['never there first', { '0': null }, ['0: a b c', '1: f m', '2: h', '3: g']],
    ['gone with its content', { a: null, 'a/f': null, 'a/m/g': file }, ['0*: b c', '2: h']],
    ['folder to file', { a: file, 'a/f': file }, ['0: +a b c', '2: h']],
    ['folder to link', { 'a/m': link }, ['0: a b c', '1: f +m', '2: h']],
    ['file to folder', { b: folder }, ['0: a +b c', '1: f m', '2: h', '3: g', '-1*: ']],
    ['new before', { Z: file }, ['0*: +Z a b c', '1: f m', '2: h', '3: g']],
    ['new between', { aa: file }, ['0*: a +aa b c', '1: f m', '2: h', '3: g']],
    ['new behind', { d: link }, ['0*: a b c +d', '1: f m', '2: h', '3: g']],
    [
      'new in any order',
      { e: file, 'a/z': file, d: file, bb: null, ab: file, A: file },
      ['0*: +A a +ab b c +d +e', '1*: f m +z', '2: h', '3: g'],
    ],
    [
      'renamed for good though the last change is none',
      { A: file, d: null, 'a/a': file, 'a/f': file },
      ['0*: +A a b c', '1*: +a +f m', '2: h', '3: g'],
    ],
    [
      'one comes, one goes',
      { 'a/a': file, 'a/m': folder, 'c/h': null, 'c/i': file },
      ['0: a b c', '1*: +a f +m', '2*: +i', '3: g'],
    ],
    ['gone before one that changes', { a: null, b: file }, ['0*: +b c', '2: h']],
    [
      'new folders in new folders',
      { 'c/n': folder, 'c/n/o': folder, 'c/n/o/p': file, d: folder, 'd/q': file, 'c/n/k': file },
      ['0*: a b c +d', '1: f m', '2*: h +n', '3: g', '-1*: +q', '-1*: +k +o', '-1*: +p'],
    ],
    [
      'in no folder',
      { 'x/y': file, 'b/y': file, 'a/f/y/z': folder },
      ['0: a b c', '1: f m', '2: h', '3: g'],
    ],
    ['the root', { '': folder, b: null }, ['0*: a c', '1: f m', '2: h', '3: g']],
    ['the root forgotten', { '': null }, ['0: a b c', '1: f m', '2: h', '3: g']],
  ] as const) {
    assert.deepEqual(told(old, merge(old, changesOf(change))), wanted, what);
  }
});

test('the numbers of digests and targets are not taken for those of folders', () => {
  const digest = 'ab'.repeat(32);
  const digested = entry({ kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest });
  const from = known({
    a: folder,
    'a/0': digested,
    'a/1': digested,
    'a/2': digested,
    'a/l': link,
    'a/m': link,
    'a/n': link,
    b: folder,
    'b/x': file,
    c: folder,
    'c/y': file,
  });
  const inside = '1: 0 1 2 l m n';
  for (const [change, wanted] of [
    [{ b: null }, ['0*: a c', inside, '3: y']],
    [{ b: null, 'a/0': digested }, ['0*: a c', '1: +0 1 2 l m n', '3: y']],
    [{ b: null, c: link }, ['0*: a +c', inside]],
  ] as const) {
    assert.deepEqual(told(from, merge(from, changesOf(change))), wanted);
  }
});

test('without a former baseline everything is fresh, and what has no folder is left out', () => {
  const bare = merge(null, new Map());
  const zero = { mtimeMs: 0, ctimeMs: 0, inode: 0 };
  const content = { kind: 'folder', mode: 0o755 };
  const root = { name: '', isFolder: true, oldFolder: -1, newFolder: 0 };
  assert.deepEqual([...bare.source], [-1]);
  assert.deepEqual(bare.fresh, [{ ...root, base: { content, left: zero, right: zero } }]);
  assert.deepEqual(bare.folders, [{ old: -1, renamed: true, first: 1 }]);

  const tree = {
    'b/d': folder,
    b: folder,
    a: file,
    'b/d/e': link,
    'x/y': file,
    '': folder,
    z: null,
  };
  const made = merge(null, changesOf(tree));
  assert.deepEqual([...made.source], [-1, -2, -3, -4, -5]);
  assert.deepEqual(made.fresh, [
    { ...root, base: folder },
    { name: 'a', base: file, isFolder: false, oldFolder: -1, newFolder: -1 },
    { name: 'b', base: folder, isFolder: true, oldFolder: -1, newFolder: 1 },
    { name: 'd', base: folder, isFolder: true, oldFolder: -1, newFolder: 2 },
    { name: 'e', base: link, isFolder: false, oldFolder: -1, newFolder: -1 },
  ]);
  assert.deepEqual(told(null, made), ['-1*: +a +b', '-1*: +d', '-1*: +e']);
});

test('what is fresh tells whose content it goes on with', () => {
  const change = { '': folder, a: folder, b: folder, c: file, 'a/m': folder, 'b/n': folder };
  const { fresh, source } = merge(old, changesOf(change));
  assert.deepEqual(
    fresh.map(({ name, isFolder, oldFolder, newFolder }) => [name, isFolder, oldFolder, newFolder]),
    [
      ['', true, 0, -1],
      ['a', true, 1, -1],
      ['b', true, -1, 0],
      ['c', false, -1, -1],
      ['m', true, 3, -1],
      ['n', true, -1, 1],
    ],
  );
  assert.equal(source[0], -1);
  assert.equal(merge(old, changesOf({ b: file })).source[0], 0);
  assert.equal(merge(old, changesOf({ '': null })).source[0], 0);
});

test('thousands of entries keep their order', () => {
  const names = Array.from({ length: 5000 }, (_, at) => String(at).padStart(4, '0'));
  const many = merge(null, new Map(names.map((name) => [name, file])));
  assert.deepEqual(
    [...many.source],
    Array.from({ length: 5001 }, (_, at) => ~at),
  );
  assert.deepEqual(
    many.fresh.map(({ name }) => name),
    ['', ...names],
  );
});
