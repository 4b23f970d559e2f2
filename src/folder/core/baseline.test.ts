import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SyncError } from '../../model/error.ts';
import {
  type About,
  type Baseline,
  baseEntryAt,
  findEntry,
  findIn,
  knownCounts,
  lookup,
  Names,
  openBaseline,
  pathsBelow,
} from './baseline.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content, Signature } from './entry.ts';

const seed = Number(process.env.SEED ?? 20261120);
const about: About = { generation: 7, roots: { left: 'l', right: 'r' }, rulesKey: 'k' };

/** As the reader makes them. */
const plain = { noNullPrototype: true };

type Model = Map<string, BaseEntry>;

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -11644473600000, 4291747200000, 1763636400123.456),
);
const signature: fc.Arbitrary<Signature> = fc
  .record({ mtimeMs: number, ctimeMs: number, inode: fc.nat(), racy: fc.boolean() }, plain)
  .map(({ racy, ...plain }) => (racy ? { ...plain, racy } : plain));
const mode = fc.integer({ min: 0, max: 0o7777 });
const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const file: fc.Arbitrary<Content> = fc.record(
  {
    kind: fc.constant('file' as const),
    size: fc.nat(2 ** 31 - 1).map((size) => size * 4096),
    mtimeMs: number,
    mode,
    digest: fc.option(digest, { nil: null }),
  },
  plain,
);
const folder: fc.Arbitrary<Content> = fc.record(
  { kind: fc.constant('folder' as const), mode },
  plain,
);
const link: fc.Arbitrary<Content> = fc.record(
  {
    kind: fc.constant('link' as const),
    target: fc.string({ unit: 'grapheme' }),
  },
  plain,
);
const base = (content: fc.Arbitrary<Content>): fc.Arbitrary<BaseEntry> =>
  fc.record({ content, left: signature, right: signature }, plain);
const anyBase = base(fc.oneof(file, { arbitrary: folder, weight: 2 }, link));

// Few names, so that changes meet what is there; some of them hostile.
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'a b', 'ä', '\uFEFFx', '😀', '￼', '-rf', '\n', '__proto__', 'A'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).filter((text) => !/[/\0]/.test(text)),
);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const changes = fc.array(fc.tuple(path, fc.option(anyBase, { freq: 4 })), { maxLength: 30 });

/** What writing promises, said plainly. */
function apply(model: Model, change: ReadonlyMap<string, BaseEntry | null>): Model {
  const next: Model = new Map();
  const paths = new Set([...model.keys(), ...change.keys()]);
  for (const at of [...paths].sort((a, b) => a.split('/').length - b.split('/').length)) {
    const changed = change.get(at);
    const entry = changed === undefined ? model.get(at) : changed;
    if (entry === undefined || entry === null) continue;
    const parent = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : null;
    const within = parent === null || next.get(parent)?.content.kind === 'folder';
    // What was below a folder that became something else, or that is only a folder now, is gone.
    const stays = changed !== undefined || parent === null || isFolder(model, parent);
    if (within && stays) next.set(at, entry);
  }
  return next;
}

function isFolder(model: Model, at: string): boolean {
  return model.get(at)?.content.kind === 'folder';
}

function contentOf(baseline: Baseline): Model {
  const found: Model = new Map();
  for (const { path: at, entry } of pathsBelow(baseline, '')) {
    found.set(at, baseEntryAt(baseline, entry));
  }
  return found;
}

describe('a baseline', () => {
  test('holds after any changes what a map would hold', () => {
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), path, (rounds, other) => {
        let model: Model = new Map();
        let baseline: Baseline | null = null;
        for (const round of rounds) {
          const change = new Map(round);
          model = apply(model, change);
          baseline = openBaseline(writeBaseline(baseline, change, about));
          assert.deepEqual(contentOf(baseline), model);
          assert.equal(baseline.size, model.size);
          assert.deepEqual(lookup(baseline, other), model.get(other) ?? null);
          for (const [at, entry] of model) assert.deepEqual(lookup(baseline, at), entry);
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  test('keeps what it says about itself, and counts what it knows', () => {
    const bytes = writeBaseline(
      null,
      new Map([
        ['a', sample({ kind: 'folder', mode: 0o755 })],
        ['a/f', sample({ kind: 'file', size: 5, mtimeMs: 1, mode: 0o644, digest: null })],
        ['a/l', sample({ kind: 'link', target: '../x' })],
      ]),
      about,
    );
    const baseline = openBaseline(bytes);
    assert.deepEqual(baseline.about, about);
    assert.deepEqual(knownCounts(baseline), { files: 1, folders: 1, links: 1, bytes: 5 });
  });

  test('I22 torn or altered anywhere is known to be damaged', () => {
    const change = new Map([
      ['a', sample({ kind: 'folder', mode: 0o755 })],
      ['a/f', sample({ kind: 'file', size: 5, mtimeMs: 1, mode: 0o644, digest: 'ab'.repeat(32) })],
    ]);
    const bytes = writeBaseline(null, change, about);
    for (let length = 0; length < bytes.length; length += 8) {
      assert.throws(() => openBaseline(bytes.slice(0, length)), isDamage);
    }
    for (let at = 0; at < bytes.length; at++) {
      const altered = bytes.slice();
      altered[at] = (altered[at] ?? 0) ^ 0x40;
      // Bytes 40 to 64 of the header are spare, but for the sums at 32.
      if (at >= 40 && at < 64) continue;
      assert.throws(() => openBaseline(altered), isDamage, `byte ${at}`);
    }
  });

  test('FS-23 a folder with 20,000 entries is searched, and changed, in time that does not square', () => {
    const many = new Map<string, BaseEntry | null>([
      ['d', sample({ kind: 'folder', mode: 0o755 })],
    ]);
    const content: Content = { kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null };
    for (let index = 0; index < 20_000; index++) many.set(`d/${index}`, sample(content));
    const first = openBaseline(writeBaseline(null, many, about));
    const second = openBaseline(writeBaseline(first, new Map([['d/777', null]]), about));
    assert.equal(second.size, 20_000);
    assert.equal(lookup(second, 'd/777'), null);
    assert.deepEqual(lookup(second, 'd/19999'), sample(content));
  });

  test('FS-23 a tree 2,000 folders deep is no trouble', () => {
    const deep = new Map<string, BaseEntry | null>();
    let at = 'd';
    for (let depth = 0; depth < 2000; depth++, at += '/d') {
      deep.set(at, sample({ kind: 'folder', mode: 0o755 }));
    }
    const first = openBaseline(writeBaseline(null, deep, about));
    assert.equal([...pathsBelow(first, '')].length, 2000);
    const second = openBaseline(writeBaseline(first, new Map([['d/d', null]]), about));
    assert.deepEqual(
      [...pathsBelow(second, '')].map((found) => found.path),
      ['d'],
    );
  });
});

describe('in a baseline', () => {
  const folderHere: Content = { kind: 'folder', mode: 0o755 };
  const fileHere: Content = { kind: 'file', size: 3, mtimeMs: 1, mode: 0o644, digest: null };
  const linkHere: Content = { kind: 'link', target: 'x' };
  const open = (tree: Readonly<Record<string, Content>>) =>
    openBaseline(
      writeBaseline(
        null,
        new Map(Object.entries(tree).map(([at, content]) => [at, sample(content)])),
        about,
      ),
    );
  const few = open({
    a: folderHere,
    'a/B': fileHere,
    'a/c': folderHere,
    'a/c/d': linkHere,
    'a/e': fileHere,
    ab: folderHere,
    'ab/f': { ...fileHere, size: 0 },
    g: linkHere,
  });

  test('an entry is found by its whole path and by nothing like it', () => {
    const paths = ['', 'a', 'ab', 'g', 'a/B', 'a/c', 'a/e', 'ab/f', 'a/c/d'];
    assert.deepEqual(
      paths.map((each) => findEntry(few, each)),
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    );
    for (const each of ['A', 'a/', '/a', 'a//B', 'a/b', 'a/f', 'g/d', 'a/B/c', 'ab/c', 'h', '0']) {
      assert.equal(findEntry(few, each), -1, each);
      assert.equal(lookup(few, each), null, each);
    }
    assert.deepEqual(lookup(few, 'a/c/d'), sample(linkHere));
    assert.deepEqual(lookup(few, '')?.content, folderHere);
    assert.equal(findEntry(open({}), 'a'), -1);
    assert.equal(findEntry(open({ a: fileHere, b: folderHere, 'b/c': linkHere }), 'b/c'), 3);
  });

  test('the names of a folder of any size are found, and those between them are not', () => {
    for (let count = 0; count < 9; count++) {
      const names = Array.from({ length: count }, (_, at) => String.fromCharCode(98 + 2 * at));
      const baseline = open(Object.fromEntries(names.map((each) => [each, fileHere])));
      const reader = new Names(baseline, 'any-order');
      for (const [at, each] of names.entries()) {
        assert.equal(findIn(baseline, 0, each, reader), at + 1);
        const next = String.fromCharCode((each.codePointAt(0) ?? 0) + 1);
        assert.equal(findIn(baseline, 0, next, reader), -1);
      }
      assert.equal(findIn(baseline, 0, 'a', reader), -1);
    }
  });

  test('all below a path is told with its path, each folder before what is in it', () => {
    const below = (at: string) => [...pathsBelow(few, at)].map((found) => found.path);
    assert.deepEqual(below(''), ['a', 'ab', 'g', 'ab/f', 'a/B', 'a/c', 'a/e', 'a/c/d']);
    assert.deepEqual(below('a'), ['a/B', 'a/c', 'a/e', 'a/c/d']);
    assert.deepEqual(below('a/c'), ['a/c/d']);
    for (const at of ['g', 'a/B', 'a/c/d', 'h', 'a/x', 'a/B/x']) assert.deepEqual(below(at), []);
    for (const { path: at, entry } of pathsBelow(few, 'a')) assert.equal(findEntry(few, at), entry);
  });

  test('files, folders, links and bytes are counted without the root', () => {
    assert.deepEqual(knownCounts(few), { files: 3, folders: 3, links: 2, bytes: 6 });
    assert.deepEqual(knownCounts(open({})), { files: 0, folders: 0, links: 0, bytes: 0 });
    assert.deepEqual([few.size, few.folders], [8, 4]);
  });

  test('names are read in whatever order they are asked for, over many folders and long names', () => {
    const tree: Record<string, Content> = {};
    for (let at = 0; at < 600; at++) {
      const text = ['é', 'a', '😀'][at % 3] ?? '';
      tree[`d${at}`] = folderHere;
      if (at % 7 === 0) continue;
      tree[`d${at}/${text.repeat(at % 200)}${at}`] = fileHere;
      tree[`d${at}/${at}`] = linkHere;
    }
    const baseline = open(tree);
    const { first } = baseline.columns;
    const places: (readonly [number, number])[] = [];
    for (let folder = 0; folder < baseline.folders; folder++) {
      for (let at = first[folder] ?? 0; at < (first[folder + 1] ?? 0); at++) {
        places.push([at, folder]);
      }
    }
    const mixed = places.toSorted(([a], [b]) => ((a * 7919) % 1801) - ((b * 7919) % 1801));
    const inOrder = new Names(baseline, 'in-order');
    const wanted = new Map(places.map(([at, folder]) => [at, inOrder.of(at, folder)]));
    for (const asked of [places, places.toReversed(), mixed]) {
      for (const order of ['in-order', 'any-order'] as const) {
        const names = new Names(baseline, order);
        for (const [at, folder] of asked) assert.equal(names.of(at, folder), wanted.get(at));
      }
    }
    const below = [...pathsBelow(baseline, '')].map((found) => found.path);
    assert.deepEqual(new Set(below), new Set(Object.keys(tree)));
    assert.equal(below.length, baseline.size);
  });

  test('bytes that were checked before are read without being summed again', () => {
    const bytes = few.bytes.slice();
    const { columns } = openBaseline(bytes);
    columns.size[4] = 77;
    assert.throws(() => openBaseline(bytes), isDamage);
    assert.throws(() => openBaseline(bytes, 'unchecked'), isDamage);
    const opened = openBaseline(bytes, 'checked');
    assert.equal(opened.bytes, bytes);
    assert.deepEqual(lookup(opened, 'a/B')?.content, { ...fileHere, size: 77 });
    assert.throws(() => openBaseline(bytes.slice(0, -8), 'checked'), isDamage);
  });

  test('everything is found wherever in the memory the bytes begin', () => {
    const memory = new Uint8Array(few.bytes.length + 64);
    memory.set(few.bytes, 40);
    const moved = openBaseline(memory.subarray(40, 40 + few.bytes.length));
    assert.deepEqual(contentOf(moved), contentOf(few));
    assert.deepEqual(moved.about, about);
  });
});

function sample(content: Content): BaseEntry {
  const own = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
  return { content, left: own, right: { ...own, inode: 4 } };
}

function isDamage(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'folder-baseline-damaged';
}
