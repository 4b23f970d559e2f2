// The next baseline where nothing came or went: the old one with other numbers in a few places. Most
// runs only carry edits, and for these to move all other entries would be most of what is done.
import { type Baseline, baseEntryAt, findEntry, Names } from './baseline.ts';
import {
  type Columns,
  flagDigest,
  kindMask,
  layOut,
  type Sizes,
  totalBytes,
} from './baseline-layout.ts';
import type { Changes } from './baseline-merge.ts';
import { contentFlags, putDigest, putEntry } from './baseline-put.ts';
import type { BaseEntry } from './entry.ts';

/** To look for more of them by their paths would take as long as to go through all entries. */
const worthwhileShare = 1 / 8;

/**
 * The old columns in bytes of their own, with the changes; what the baseline says about itself and its
 * header are to be written by the caller. Null where a change is more than other numbers.
 *
 * @param sizes Those of the old baseline, but for what it says about itself.
 */
export function amend(
  old: Baseline,
  changes: Changes,
  sizes: Sizes,
): { readonly bytes: Uint8Array<SharedArrayBuffer>; readonly columns: Columns } | null {
  const entries = changes.size <= old.size * worthwhileShare ? entriesOf(old, changes) : null;
  if (entries === null) return null;
  const bytes = new Uint8Array(new SharedArrayBuffer(totalBytes(sizes)));
  bytes.set(old.bytes.subarray(0, old.columns.about.byteOffset - old.bytes.byteOffset));
  const { columns } = layOut(bytes.buffer, 0, sizes);
  let next = 0;
  for (const base of changes.values()) {
    const entry = entries[next++] ?? 0;
    if (base === null) continue;
    putEntry(columns, entry, base);
    const { content } = base;
    if (content.kind === 'file' && content.digest !== null) {
      putDigest(columns, columns.extra[entry] ?? 0, content.digest);
    }
  }
  return { bytes, columns };
}

/** In the order of the changes; null unless all are of entries that stay where and what they are. */
function entriesOf(old: Baseline, changes: Changes): Int32Array | null {
  const names = new Names(old, 'any-order');
  const entries = new Int32Array(changes.size);
  let next = 0;
  for (const [path, base] of changes) {
    const entry = base === null ? -1 : findEntry(old, path, names);
    if (entry === -1 || base === null || !fits(old, entry, base)) return null;
    entries[next++] = entry;
  }
  return entries;
}

function fits(old: Baseline, entry: number, { content }: BaseEntry): boolean {
  const kind = kindMask | flagDigest;
  if (((old.columns.flags[entry] ?? 0) & kind) !== contentFlags(content)) return false;
  if (content.kind !== 'link') return true;
  const before = baseEntryAt(old, entry).content;
  return before.kind === 'link' && before.target === content.target;
}
