import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import { type About, type Baseline, baseEntryAt, openBaseline, pathsBelow } from './baseline.ts';
import { kindFolder, kindLink, kindMask } from './baseline-layout.ts';
import type { Changes } from './baseline-merge.ts';
import type { Listings } from './baseline-trust.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content } from './entry.ts';
import { NameSummer } from './name-sum.ts';

const about: About = { generation: 3, roots: { left: 'l', right: 'r' }, rulesKey: 'k' };
const left = { mtimeMs: 11, ctimeMs: 12, inode: 13 };
const right = { mtimeMs: 21, ctimeMs: 22, inode: 23 };

const folder: Content = { kind: 'folder', mode: 0o750 };
const file = (size: number, digest: string | null = null): Content => ({
  kind: 'file',
  size,
  mtimeMs: 1.5,
  mode: 0o640,
  digest,
});
const link = (target: string): Content => ({ kind: 'link', target });
const digestOf = (pair: string) => pair.repeat(32);
const entry = (content: Content): BaseEntry => ({ content, left, right });
type Tree = Readonly<Record<string, Content | null>>;
const changesOf = (tree: Tree): Changes =>
  new Map(
    Object.entries(tree).map(([path, content]) => [path, content === null ? null : entry(content)]),
  );
const write = (old: Baseline | null, tree: Tree, listings?: Listings) =>
  openBaseline(writeBaseline(old, changesOf(tree), about, listings));

const some: Tree = {
  a: folder,
  'a/b': folder,
  'a/b/é': file(7, digestOf('0f')),
  'a/l': link('../ü'),
  c: file(5),
  d: folder,
  'd/x': file(0, digestOf('a1')),
  'd/y': link('z'),
};

function contentOf(baseline: Baseline): ReadonlyMap<string, BaseEntry> {
  const all = [...pathsBelow(baseline, '')];
  return new Map(all.map(({ path, entry: at }) => [path, baseEntryAt(baseline, at)]));
}

function plainColumns({ columns }: Baseline) {
  const { size, mtime, nameAt, extra, first, bytesAt, entryOf, parent, mode, flags } = columns;
  const all = { size, mtime, nameAt, extra, first, bytesAt, entryOf, parent, mode, flags };
  return Object.fromEntries(Object.entries(all).map(([name, column]) => [name, [...column]]));
}

/** What ties the columns to one another, whatever they hold. */
function assertWhole({ columns, size, folders }: Baseline): void {
  const { flags, extra, first, bytesAt, entryOf, parent, nameAt, names, targets } = columns;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(names);
  assert.deepEqual([flags.length, entryOf.length], [size + 1, folders]);
  assert.deepEqual([nameAt[0], nameAt[1], nameAt.at(-1)], [0, 0, text.length]);
  assert.deepEqual([first[0], first.at(-1)], [1, flags.length]);
  assert.deepEqual([bytesAt[0], bytesAt.at(-1)], [0, names.length]);
  const inside = [...flags.keys()].map((at) => {
    for (let each = folders - 1; each > 0; each--) if ((first[each] ?? 0) <= at) return each;
    return 0;
  });
  let digests = 0;
  let targetBytes = 0;
  let numbered = 0;
  flags.forEach((flag, at) => {
    const kind = flag & kindMask;
    if (kind === kindFolder) {
      numbered++;
      assert.equal(entryOf[extra[at] ?? -1], at);
      assert.equal(parent[extra[at] ?? -1], inside[at]);
    } else if (kind === kindLink) {
      assert.equal(extra[at], targetBytes);
      targetBytes += columns.size[at] ?? 0;
    } else if ((flag & 4) !== 0) assert.equal(extra[at], digests++);
  });
  assert.deepEqual(
    [numbered, targetBytes, 32 * digests],
    [folders, targets.length, columns.digests.length],
  );
}

test('the columns of a baseline hold just what was agreed, folder by folder', () => {
  const baseline = write(null, some);
  assert.deepEqual(plainColumns(baseline), {
    //     root a  c  d  b  l  x  y  é
    size: [0, 0, 5, 0, 0, 5, 0, 1, 7],
    mtime: [0, 0, 1.5, 0, 0, 0, 1.5, 0, 1.5],
    nameAt: [0, 0, 1, 2, 3, 4, 5, 6, 7, 8],
    extra: [0, 1, 0, 2, 3, 0, 0, 5, 1],
    first: [1, 4, 6, 8, 9],
    bytesAt: [0, 3, 5, 7, 9],
    entryOf: [0, 1, 3, 4],
    parent: [0, 0, 0, 1],
    mode: [0o755, 0o750, 0o640, 0o750, 0o750, 0, 0o640, 0, 0o640],
    flags: [1, 1, 0, 1, 1, 2, 4, 2, 4],
  });
  const { names, targets, digests } = baseline.columns;
  const decoder = new TextDecoder();
  assert.deepEqual(
    [names, targets].map((each) => decoder.decode(each)),
    ['acdblxyé', '../üz'],
  );
  assert.equal(Buffer.from(digests).toString('hex'), digestOf('a1') + digestOf('0f'));
  assertWhole(baseline);
});

test('the signature of each side stands in its own columns, and is marked where it proves nothing', () => {
  const racy = { ...left, racy: true } as const;
  const changes: Changes = new Map([
    ['a', { content: file(1), left: racy, right }],
    ['b', { content: link('x'), left, right: { ...right, racy: true } }],
    ['c', { content: folder, left: racy, right: { ...right, racy: true } }],
  ]);
  const { columns } = openBaseline(writeBaseline(null, changes, about));
  const rows = (side: 'left' | 'right') =>
    [columns[side].mtime, columns[side].ctime, columns[side].inode].map((column) => [...column]);
  assert.deepEqual(rows('left'), [
    [0, 11, 11, 11],
    [0, 12, 12, 12],
    [0, 13, 13, 13],
  ]);
  assert.deepEqual(rows('right'), [
    [0, 21, 21, 21],
    [0, 22, 22, 22],
    [0, 23, 23, 23],
  ]);
  assert.deepEqual([...columns.flags], [1, 8, 16 + 2, 8 + 16 + 1]);
});

test('written again without a change a baseline is the same byte for byte', () => {
  const summer = new NameSummer();
  for (const name of ['b', 'l']) summer.add(name);
  const names = summer.sum();
  const proof = new Map([['a', { signature: left, names }]]);
  const first = write(null, some, { left: proof, right: new Map() });
  const again = writeBaseline(first, new Map(), about);
  assert.deepEqual(again, first.bytes);
  assert.ok(again.buffer instanceof SharedArrayBuffer);
});

test('what is written says what it was told to say about itself, whatever the former said', () => {
  const other = { generation: 4, roots: { left: 'ü', right: '' }, rulesKey: '' };
  const baseline = openBaseline(writeBaseline(write(null, some), new Map(), other));
  assert.deepEqual(baseline.about, other);
  assert.deepEqual([baseline.size, baseline.folders], [8, 4]);
});

test('what stays is moved to its new place as it was', () => {
  const old = write(null, some);
  for (const [change, gone] of [
    [{ b: folder, 'b/f': file(3, digestOf('77')), e: link('far/away') }, []],
    [{ c: null }, ['c']],
    [{ a: null }, ['a', 'a/b', 'a/b/é', 'a/l']],
    [{ 'a/b': null, aa: file(1) }, ['a/b', 'a/b/é']],
    [{ a: link('elsewhere') }, ['a/b', 'a/b/é', 'a/l']],
    [{ 'a/l': file(9, digestOf('5e')) }, []],
    [{ 'd/y': folder, 'd/y/0': link('0') }, []],
    [{ d: { kind: 'folder', mode: 0o700 } }, []],
    [{ 'd/x': file(2), 'd/w': null }, []],
    [{ 'a/b/é': null, 'a/b/e': file(1, digestOf('e0')) }, ['a/b/é']],
  ] as const satisfies readonly (readonly [Tree, readonly string[]])[]) {
    const wanted = new Map([...changesOf(some), ...changesOf(change)]);
    for (const path of gone) wanted.delete(path);
    wanted.delete('d/w');
    const baseline = write(old, change);
    assertWhole(baseline);
    const found = contentOf(baseline);
    assert.deepEqual(found, wanted);
    const atOnce = writeBaseline(null, wanted, about);
    assert.equal(baseline.bytes.length, atOnce.length, JSON.stringify(change));
  }
});

test('the root is known without being told, keeps what it was told, and can be told anew', () => {
  const rootOf = (baseline: Baseline) => baseEntryAt(baseline, 0);
  const zero = { mtimeMs: 0, ctimeMs: 0, inode: 0 };
  const bare = write(null, {});
  assert.deepEqual(rootOf(bare), {
    content: { kind: 'folder', mode: 0o755 },
    left: zero,
    right: zero,
  });
  assert.deepEqual([bare.size, bare.folders], [0, 1]);
  const told = write(bare, { '': folder, f: file(1) });
  assert.deepEqual(rootOf(told), entry(folder));
  assert.deepEqual(rootOf(write(told, { g: file(1) })), entry(folder));
  assert.deepEqual(rootOf(write(told, { '': null })), entry(folder));
  const again = write(told, { '': { kind: 'folder', mode: 0o700 } });
  assert.deepEqual(rootOf(again), entry({ kind: 'folder', mode: 0o700 }));
  assert.deepEqual([...contentOf(again).keys()], ['f']);
  assert.deepEqual(rootOf(write(null, { '': folder })), entry(folder));
  for (const each of [bare, told, again]) assertWhole(each);
});

test('after many changes a baseline is as whole, and as long, as one that is written at once', () => {
  const name = fc.constantFrom('a', 'b', 'é', '😀', 'cc');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  const content = fc.constantFrom<(Content | null)[]>(
    null,
    folder,
    folder,
    folder,
    file(4),
    file(6, digestOf('c3')),
    link('päth'),
    link(''),
  );
  const round = fc.array(fc.tuple(path, content), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(round, { minLength: 2, maxLength: 4 }), (rounds) => {
      let baseline: Baseline | null = null;
      for (const changes of rounds) baseline = write(baseline, Object.fromEntries(changes));
      assert.ok(baseline !== null);
      assertWhole(baseline);
      const atOnce = openBaseline(writeBaseline(null, contentOf(baseline), about));
      assertWhole(atOnce);
      assert.equal(baseline.bytes.length, atOnce.bytes.length);
      assert.deepEqual(contentOf(atOnce), contentOf(baseline));
    }),
    seeded(150),
  );
});
