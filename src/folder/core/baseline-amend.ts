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
  const amendments = changes.size <= old.size * worthwhileShare ? amendmentsTo(old, changes) : null;
  if (amendments === null) return null;
  const bytes = new Uint8Array(new SharedArrayBuffer(totalBytes(sizes)));
  bytes.set(old.bytes.subarray(0, old.columns.about.byteOffset - old.bytes.byteOffset));
  const { columns } = layOut(bytes.buffer, 0, sizes);
  for (const { entry, base } of amendments) {
    putEntry(columns, entry, base);
    const { content } = base;
    if (content.kind === 'file' && content.digest !== null) {
      putDigest(columns, columns.extra[entry] ?? 0, content.digest);
    }
  }
  return { bytes, columns };
}

interface Amendment {
  readonly entry: number;
  readonly base: BaseEntry;
}

/** Null unless all are of entries that stay where and what they are. */
function amendmentsTo(old: Baseline, changes: Changes): readonly Amendment[] | null {
  const names = new Names(old, 'any-order');
  const amendments: Amendment[] = [];
  for (const [path, base] of changes) {
    if (base === null) return null;
    const entry = findEntry(old, path, names);
    if (entry === -1 || !fits(old, entry, base)) return null;
    amendments.push({ entry, base });
  }
  return amendments;
}

function fits(old: Baseline, entry: number, { content }: BaseEntry): boolean {
  const kind = kindMask | flagDigest;
  if (((old.columns.flags[entry] ?? 0) & kind) !== contentFlags(content)) return false;
  if (content.kind !== 'link') return true;
  const before = baseEntryAt(old, entry).content;
  return before.kind === 'link' && before.target === content.target;
}
