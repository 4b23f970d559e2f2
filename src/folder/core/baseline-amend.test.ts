import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import { type About, type Baseline, baseEntryAt, openBaseline, pathsBelow } from './baseline.ts';
import { amend } from './baseline-amend.ts';
import { readHeader } from './baseline-layout.ts';
import { writeBaseline } from './baseline-write.ts';
import type { BaseEntry, Content } from './entry.ts';

const about: About = { generation: 9, roots: { left: 'l', right: 'r' }, rulesKey: 'k' };
const later: About = { ...about, generation: 10 };
const digest = (pair: string) => pair.repeat(32);

const signature = fc.record({
  mtimeMs: fc.nat(),
  ctimeMs: fc.nat(),
  inode: fc.nat(),
  racy: fc.option(fc.constant(true as const), { nil: undefined }),
});
const mode = fc.nat(0o777);
const numbers = fc.record({ size: fc.nat(), mtimeMs: fc.nat(), mode });

/** Of the kind that stands at the place: every fourth is a folder, and so on. */
function contentOf(
  at: number,
  { size, mtimeMs, mode: bits }: Omit<File, 'kind' | 'digest'>,
): Content {
  if (at % 4 === 0) return { kind: 'folder', mode: bits };
  if (at % 4 === 1) return { kind: 'link', target: `to ${at}` };
  const has = at % 4 === 2;
  return { kind: 'file', size, mtimeMs, mode: bits, digest: has ? digest(hex(size)) : null };
}

type File = Extract<Content, { kind: 'file' }>;
const hex = (number: number) => (number % 256).toString(16).padStart(2, '0');

const entry = (at: number) =>
  fc
    .record({ numbers, left: signature, right: signature })
    .map(({ numbers: own, left, right }): BaseEntry => {
      return { content: contentOf(at, own), left: plain(left), right: plain(right) };
    });

function plain({
  racy,
  ...rest
}: {
  mtimeMs: number;
  ctimeMs: number;
  inode: number;
  racy?: true | undefined;
}) {
  return racy ? { ...rest, racy } : rest;
}

const width = 64;
const pathOf = (at: number) => (at < 8 ? `n${at}` : `n${4 * (at % 2)}/n${at}`);

/** 64 entries, in the root and in two of its folders. */
function tree(): fc.Arbitrary<Baseline> {
  return fc.tuple(...Array.from({ length: width }, (_, at) => entry(at))).map((entries) => {
    const all = new Map(entries.map((one, at) => [pathOf(at), one] as const));
    return openBaseline(writeBaseline(null, all, about));
  });
}

const edits = fc
  .uniqueArray(fc.nat(width - 1), { maxLength: width / 8 })
  .chain((places) =>
    fc.tuple(...places.map((at) => entry(at).map((one) => [pathOf(at), one] as const))),
  )
  .map((pairs) => new Map<string, BaseEntry>(pairs));

/** Says of every file what the baseline says already, so that there is too much to amend. */
function withAllFiles(baseline: Baseline, changes: ReadonlyMap<string, BaseEntry>) {
  const all = new Map<string, BaseEntry>();
  for (const { path, entry: at } of pathsBelow(baseline, '')) {
    const base = baseEntryAt(baseline, at);
    if (base.content.kind === 'file') all.set(path, base);
  }
  return new Map([...all, ...changes]);
}

const amended = (baseline: Baseline, changes: ReadonlyMap<string, BaseEntry | null>) =>
  amend(baseline, changes, readHeader(baseline.bytes, true));

test('a baseline that is amended is byte for byte the one that is written anew', () => {
  fc.assert(
    fc.property(tree(), edits, (baseline, changes) => {
      const all = withAllFiles(baseline, changes);
      assert.deepEqual(
        [amended(baseline, changes) === null, amended(baseline, all)],
        [false, null],
      );
      const [one, other] = [changes, all].map((each) => writeBaseline(baseline, each, later));
      assert.deepEqual(one, other);
      assert.deepEqual(openBaseline(one as Uint8Array).about, later);
    }),
    seeded(),
  );
});

test('what it was made from stays as it was', () => {
  const [baseline] = fc.sample(tree(), seeded(1)) as [Baseline];
  const before = baseline.bytes.slice();
  const changed = { ...baseEntryAt(baseline, 3), left: { mtimeMs: 1, ctimeMs: 2, inode: 3 } };
  writeBaseline(baseline, new Map([['n2', changed]]), later);
  assert.deepEqual(baseline.bytes.slice(), before);
});

test('nothing is amended where something comes, goes, or becomes something else', () => {
  const [baseline] = fc.sample(tree(), seeded(1)) as [Baseline];
  const own = {
    left: { mtimeMs: 1, ctimeMs: 2, inode: 3 },
    right: { mtimeMs: 4, ctimeMs: 5, inode: 6 },
  };
  const file = { kind: 'file', size: 1, mtimeMs: 1, mode: 0o644 } as const;
  const folder: Content = { kind: 'folder', mode: 0o755 };
  const cases: [string, Content | null, boolean][] = [
    ['n0', folder, true],
    ['', folder, true],
    ['n1', { kind: 'link', target: 'to 1' }, true],
    ['n2', { ...file, digest: digest('aa') }, true],
    ['n3', { ...file, digest: null }, true],
    ['n3', null, false],
    ['n99', { ...file, digest: null }, false],
    ['n3/n4', { ...file, digest: null }, false],
    ['n3', folder, false],
    ['n0', { ...file, digest: null }, false],
    ['n1', { kind: 'link', target: 'to 2' }, false],
    ['n3', { kind: 'link', target: 'to 1' }, false],
    ['n2', { ...file, digest: null }, false],
    ['n3', { ...file, digest: digest('aa') }, false],
  ];
  for (const [path, content, fits] of cases) {
    const change = content && { content, ...own };
    const both = new Map<string, BaseEntry | null>([[path, change]]);
    assert.equal(amended(baseline, both) !== null, fits, `${path} ${JSON.stringify(content)}`);
  }
});
