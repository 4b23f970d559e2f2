import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import type { SeenListing } from './baseline-trust.ts';
import type { Entry, Problem, Side } from './entry.ts';
import { type PackedScan, ScanPacker, type Seen, unpackScan } from './scan-result.ts';

const counts = { entries: 5, bytes: 9, ignored: 1, linked: 2, listed: 3 };
const about = { counts, rules: [{ folder: 'a', text: 'x' }], rulesChanged: true };
const times = { mtimeMs: 1.25, ctimeMs: 2 ** 41 + 0.5, inode: 2 ** 52 + 1 };
const found = { kind: 'file', size: 2 ** 40, mode: 0o100644, ...times };
const racy = { ...times, racy: true } as const;

const problem = (path: string, side: Side, text: string): Problem => ({
  path,
  side,
  code: 'folder-unreadable',
  text,
});
const present = (entry: Entry): Seen => ({ state: 'present', entry });
const fileOf = (size: number, mode: number, signature = times): Seen =>
  present({ kind: 'file', size, mtimeMs: signature.mtimeMs, mode, digest: null, signature });

/** Each kind of thing a scan finds, told to the packer, and what must come of it. */
const kinds: readonly ((packer: ScanPacker, path: string) => Seen)[] = [
  (packer, path) => {
    packer.absent(path);
    return { state: 'absent' };
  },
  (packer, path) => {
    packer.ignored(path);
    return { state: 'ignored' };
  },
  (packer, path) => {
    packer.unknown(path, 'folder-unreadable', `no ${path}`);
    return { state: 'unknown', problem: problem(path, 'right', `no ${path}`) };
  },
  (packer, path) => {
    packer.present(path, found, null, false);
    return fileOf(2 ** 40, 0o644);
  },
  (packer, path) => {
    packer.present(path, { ...found, size: path.length, mode: 0o7777 }, null, true);
    return fileOf(path.length, 0o777, racy);
  },
  (packer, path) => {
    packer.present(path, { ...found, kind: 'directory', mode: 0o41750 }, null, false);
    return present({ kind: 'folder', mode: 0o750, signature: times });
  },
  (packer, path) => {
    packer.present(path, { ...found, kind: 'symlink' }, `../${path}`, false);
    return present({ kind: 'link', target: `../${path}`, signature: times });
  },
  (packer, path) => {
    packer.present(path, { ...found, kind: 'symlink', inode: path.length }, '', true);
    return present({ kind: 'link', target: '', signature: { ...racy, inode: path.length } });
  },
];

/** Here and after a journey. */
function assertTells(packed: PackedScan, wanted: ReadonlyMap<string, Seen>): void {
  for (const each of [packed, structuredClone(packed)]) {
    const { seen } = unpackScan(each);
    assert.deepEqual([...seen], [...wanted]);
    assert.deepEqual([...seen.keys()], [...wanted.keys()]);
    assert.equal(seen.size, wanted.size);
    for (const [path, one] of wanted) {
      assert.deepEqual(seen.get(path), one);
      assert.equal(seen.has(path), true);
    }
    assert.deepEqual([seen.get('not there'), seen.has('not there')], [undefined, false]);
  }
}

test('what a scan saw comes out of its columns as it went in, whatever the order', () => {
  const name = fc.constantFrom('a', 'b', 'ü', ' ', 'cc');
  const path = fc.array(name, { maxLength: 4 }).map((names) => names.join('/'));
  const kind = fc.nat(kinds.length - 1);
  const all = fc.uniqueArray(fc.tuple(path, kind), { selector: ([at]) => at, maxLength: 30 });
  fc.assert(
    fc.property(all, (told) => {
      const packer = new ScanPacker('right');
      const wanted = new Map(told.map(([at, which]) => [at, kinds[which]?.(packer, at) as Seen]));
      assertTells(packer.pack(about), wanted);
    }),
    seeded(200),
  );
});

test('thousands of paths, links and listings come out in their order', () => {
  for (const count of [1023, 1024, 1025, 2048, 3000]) {
    const packer = new ScanPacker('right');
    const wanted = new Map<string, Seen>();
    const listings = new Map<string, SeenListing>();
    for (let at = 0; at < count; at++) {
      const path = `d${Math.floor(at / 100)}/${at}`;
      wanted.set(
        path,
        (kinds[at % 2 === 0 ? 6 : at % kinds.length] as (typeof kinds)[0])(packer, path),
      );
      const listing = { signature: { ...times, inode: at }, names: { count: at, low: 1, high: 2 } };
      listings.set(path, listing);
      packer.listing(path, listing);
    }
    const packed = packer.pack(about);
    assertTells(packed, wanted);
    assert.deepEqual([...unpackScan(packed).listings], [...listings]);
    assert.equal(packed.paths.length, Math.ceil(count / 1024));
  }
});

test('a path in the same folder as the one before travels as its name alone', () => {
  const packer = new ScanPacker('left');
  for (const path of ['', 'a', 'b', 'b/c', 'b/d', 'b/d/e', 'b/f', 'g/f', 'h']) packer.absent(path);
  const packed = packer.pack(about);
  assert.deepEqual(
    packed.paths.map((piece) => piece.split('\0')),
    [['', '/a', '/b', 'b/c', '/d', 'b/d/e', 'b/f', 'g/f', 'h']],
  );
  assert.deepEqual(
    [...unpackScan(packed).seen.keys()],
    ['', 'a', 'b', 'b/c', 'b/d', 'b/d/e', 'b/f', 'g/f', 'h'],
  );
});

test('the listings of a scan, its problems and what it says of itself arrive beside what it saw', () => {
  const packer = new ScanPacker('left');
  const root = {
    signature: { mtimeMs: 1, ctimeMs: 2, inode: 3 },
    names: { count: 4, low: 5, high: 6 },
  };
  const inner = {
    signature: { mtimeMs: 7, ctimeMs: 8, inode: 9 },
    names: { count: 10, low: 11, high: 12 },
  };
  packer.listing('', root);
  packer.listing('a/b', inner);
  packer.problem('x', 'folder-unreadable', 'why');
  packer.unknown('y', 'folder-unreadable', 'how');
  const result = unpackScan(packer.pack(about));
  assert.deepEqual(
    [...result.listings],
    [
      ['', root],
      ['a/b', inner],
    ],
  );
  assert.deepEqual(result.problems, [problem('x', 'left', 'why')]);
  assert.deepEqual(
    [...result.seen],
    [['y', { state: 'unknown', problem: problem('y', 'left', 'how') }]],
  );
  const { side, counts: told, rules, rulesChanged } = result;
  assert.deepEqual({ side, counts: told, rules, rulesChanged }, { side: 'left', ...about });
});

test('a scan that found nothing says nothing', () => {
  const quiet = { ...about, rules: [], rulesChanged: false };
  const packed = new ScanPacker('right').pack(quiet);
  assertTells(packed, new Map());
  const { listings, problems, rules, rulesChanged } = unpackScan(packed);
  assert.deepEqual([listings, problems, rules, rulesChanged], [new Map(), [], [], false]);
});
