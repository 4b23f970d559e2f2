import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Content, Entry, Signature } from './entry.ts';
import { Entries } from './entry-columns.ts';

const signature: Signature = { mtimeMs: 1.25, ctimeMs: 2e12 + 0.75, inode: 2 ** 52 + 1 };
const racy: Signature = { ...signature, racy: true };
const file: Content = { kind: 'file', size: 2 ** 40, mtimeMs: 1.25, mode: 0o640, digest: null };
const folder: Content = { kind: 'folder', mode: 0o755 };

/** With whether it is kept as it is, or as numbers alone. */
const contents: readonly (readonly [Content, 'column' | 'object'])[] = [
  [file, 'column'],
  [folder, 'column'],
  [{ ...file, size: 0, mode: 0 }, 'column'],
  [{ ...file, mode: 0xffff }, 'column'],
  [{ ...folder, mode: 0 }, 'column'],
  [{ ...folder, mode: 0xffff }, 'column'],
  [{ kind: 'link', target: '../ü' }, 'object'],
  [{ ...file, digest: 'ab'.repeat(32) }, 'object'],
  [{ ...file, mtimeMs: 7 }, 'object'],
  [{ ...file, mode: -1 }, 'object'],
  [{ ...file, mode: 0x1_0000 }, 'object'],
  [{ ...file, mode: 0.5 }, 'object'],
  [{ ...folder, mode: -1 }, 'object'],
  [{ ...folder, mode: 0x1_0000 }, 'object'],
];
const all = contents.flatMap(([content]) =>
  [signature, racy].map((own): Entry => ({ ...content, signature: own })),
);

function filled(entries: readonly Entry[]): Entries {
  const made = new Entries();
  for (const [at, entry] of entries.entries()) assert.equal(made.push(entry), at);
  return made;
}

const listed = (entries: Entries, count: number) =>
  Array.from({ length: count }, (_, at) => entries.at(at));

test('entries of every kind come out of columns as they went in, here and after a journey', () => {
  const entries = filled(all);
  assert.deepEqual(listed(entries, all.length), all);
  const there = new Entries(structuredClone(entries.pack()));
  assert.deepEqual(listed(there, all.length), all);
  assert.equal(there.push(all[0] as Entry), all.length);
  assert.deepEqual(there.at(all.length), all[0]);
});

test('only what a look does not tell stays an object', () => {
  for (const [content, kept] of contents) {
    const { odd, codes, modes, numbers } = filled([{ ...content, signature: racy }]).pack();
    assert.equal(odd.size, kept === 'object' ? 1 : 0, JSON.stringify(content));
    const size = content.kind === 'file' ? content.size : 0;
    const { mtimeMs, ctimeMs, inode } = signature;
    assert.deepEqual([...numbers], [size, mtimeMs, ctimeMs, inode]);
    const code = kept === 'object' ? 2 : content.kind === 'folder' ? 1 : 0;
    assert.deepEqual([...codes], [code + 4]);
    assert.deepEqual([...modes], [kept === 'object' || content.kind === 'link' ? 0 : content.mode]);
  }
});

test('entries are copied from one store into another, wherever they stand there', () => {
  const from = filled(all);
  const to = filled([all[12] as Entry, all[0] as Entry]);
  for (const [at] of all.entries()) {
    const back = all.length - 1 - at;
    assert.equal(to.copy(from, back), at + 2);
  }
  assert.deepEqual(listed(to, all.length + 2), [all[12], all[0], ...all.toReversed()]);
  assert.deepEqual(listed(from, all.length), all);
  const wanted = filled([all[12] as Entry, all[0] as Entry, ...all.toReversed()]);
  assert.deepEqual(to.pack(), wanted.pack());
});

test('whether it is a folder, and how large a file is, is told without making an entry', () => {
  const entries = filled(all);
  for (const [at, entry] of all.entries()) {
    assert.equal(entries.isFolder(at), entry.kind === 'folder', JSON.stringify(entry));
    assert.equal(entries.sizeAt(at), entry.kind === 'file' ? entry.size : 0);
  }
});
