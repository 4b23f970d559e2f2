import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Baseline, baseEntryAt, findEntry, openBaseline } from './baseline.ts';
import type { Changes } from './baseline-merge.ts';
import { type Listings, type SeenListing, worthRecording } from './baseline-trust.ts';
import { writeBaseline } from './baseline-write.ts';
import { type BaseEntry, type Content, type Side, sides } from './entry.ts';
import { NameSummer } from './name-sum.ts';

const racy = { mtimeMs: 1, ctimeMs: 2, inode: 3, racy: true } as const;
const fresh = { mtimeMs: 7, ctimeMs: 8, inode: 9 };
const entry = (content: Content): BaseEntry => ({ content, left: racy, right: racy });
const folder = entry({ kind: 'folder', mode: 0o755 });
const file = entry({ kind: 'file', size: 1, mtimeMs: 1, mode: 0o644, digest: null });
const about = { generation: 1, roots: { left: 'l', right: 'r' }, rulesKey: '' };
const none: Listings = { left: new Map(), right: new Map() };

const tree: Changes = new Map([
  ['a', folder],
  ['a/f', file],
  ['a/g', folder],
  ['a/g/h', file],
  ['b', folder],
  ['c', file],
]);

function listing(names: readonly string[], signature: SeenListing['signature'] = fresh) {
  const summer = new NameSummer();
  for (const name of names) summer.add(name);
  return { signature, names: summer.sum() };
}

function on(side: Side, path: string, seen: SeenListing): Listings {
  return { ...none, [side]: new Map([[path, seen]]) };
}

const write = (old: Baseline | null, changes: Changes, listings?: Listings) =>
  openBaseline(writeBaseline(old, changes, about, listings));

/** Which folders need not be read again: `left a`. */
function trusted(baseline: Baseline): string[] {
  const { flags } = baseline.columns;
  return sides.flatMap((side) =>
    ['', 'a', 'a/g', 'b', 'c', 'n'].flatMap((path) => {
      const flag = flags[findEntry(baseline, path)] ?? 0;
      return (flag & (side === 'left' ? 32 : 64)) === 0 ? [] : [`${side} ${path}`];
    }),
  );
}

test('a folder is trusted on the side that listed just the names the baseline has', () => {
  const known = write(null, tree);
  for (const [path, seen, isTrusted] of [
    ['a', listing(['f', 'g']), true],
    ['a', listing(['g', 'f']), true],
    ['a/g', listing(['h']), true],
    ['b', listing([]), true],
    ['', listing(['a', 'b', 'c']), true],
    ['a', listing(['f', 'g'], { ...fresh, racy: true }), false],
    ['a', listing(['f']), false],
    ['a', listing(['f', 'g', 'h']), false],
    ['a', listing(['f', 'G']), false],
    ['a', listing([]), false],
    ['b', listing(['x']), false],
    ['c', listing([]), false],
    ['c', listing(['a', 'b', 'c']), false],
    ['x', listing(['a', 'b', 'c']), false],
    ['a/f', listing([]), false],
    ['x', listing([]), false],
    ['c/x', listing([]), false],
  ] as const) {
    for (const side of sides) {
      const listings = on(side, path, seen);
      const marked = write(known, new Map(), listings);
      assert.deepEqual(trusted(marked), isTrusted ? [`${side} ${path}`] : [], `${side} ${path}`);
      assert.equal(worthRecording(known, listings), isTrusted, `${side} ${path}`);
    }
  }
  assert.deepEqual(trusted(write(known, new Map(), none)), []);
  assert.equal(worthRecording(known, none), false);
});

test('one listing that proves something is worth recording, wherever it stands', () => {
  const known = write(null, tree);
  const [good, bad] = [listing(['h']), listing(['i'])];
  const first = new Map([
    ['a', bad],
    ['a/g', good],
  ]);
  const last = new Map([
    ['a/g', good],
    ['a', bad],
  ]);
  for (const each of [first, last]) {
    for (const side of sides) {
      const listings = { ...none, [side]: each };
      assert.equal(worthRecording(known, listings), true);
      assert.deepEqual(trusted(write(known, new Map(), listings)), [`${side} a/g`]);
    }
  }
});

test('a folder that is trusted takes the signature its listing had, on that side alone', () => {
  for (const side of sides) {
    const marked = write(null, tree, on(side, 'a', listing(['f', 'g'])));
    const other = side === 'left' ? 'right' : 'left';
    const found = baseEntryAt(marked, findEntry(marked, 'a'));
    assert.deepEqual(found, { ...folder, [side]: fresh, [other]: racy });
    for (const path of ['a/g', 'b']) {
      assert.deepEqual(baseEntryAt(marked, findEntry(marked, path)), folder);
    }
  }
  const both = write(null, tree, {
    left: new Map([['a', listing(['f', 'g'])]]),
    right: new Map([['a', listing(['f', 'g'], { ...fresh, inode: 4 })]]),
  });
  const found = baseEntryAt(both, findEntry(both, 'a'));
  assert.deepEqual(found, { ...folder, left: fresh, right: { ...fresh, inode: 4 } });
  assert.deepEqual(trusted(both), ['left a', 'right a']);
});

test('a listing is compared with what is written, not with what was known before', () => {
  const known = write(null, tree);
  const more: Changes = new Map([['a/n', file]]);
  const old = on('left', 'a', listing(['f', 'g']));
  const now = on('left', 'a', listing(['f', 'g', 'n']));
  assert.deepEqual(trusted(write(known, more, old)), []);
  assert.deepEqual(trusted(write(known, more, now)), ['left a']);
});

test('trust lasts until a name comes or goes in the folder itself', () => {
  const all = new Map([
    ['', listing(['a', 'b', 'c'])],
    ['a', listing(['f', 'g'])],
    ['a/g', listing(['h'])],
    ['b', listing([])],
  ]);
  const known = write(null, tree, { left: all, right: new Map([['a', listing(['f', 'g'])]]) });
  const every = ['left ', 'left a', 'left a/g', 'left b', 'right a'];
  assert.deepEqual(trusted(known), every);
  const but = (...paths: readonly string[]) =>
    every.filter((each) => !paths.includes(each.replace(/^\w+ /, '')));
  for (const [changes, wanted] of [
    [new Map(), every],
    [new Map([['a/f', file]]), every],
    [new Map([['a/g/h', file]]), every],
    [new Map([['a/x', null]]), every],
    [new Map([['a/n', file]]), but('a')],
    [new Map([['a/f', null]]), but('a')],
    [new Map([['n', folder]]), but('')],
    [new Map([['b/n', file]]), but('b')],
    [new Map([['a/g', null]]), but('a', 'a/g')],
    [new Map([['a', folder]]), but('a')],
    [new Map([['a', file]]), but('a', 'a/g')],
  ] as const satisfies readonly (readonly [Changes, readonly string[]])[]) {
    assert.deepEqual(trusted(write(known, changes)), wanted, [...changes.keys()].join());
  }
});
