// What both sides last agreed on, read in place: opening costs one pass over the bytes, and an entry
// becomes an object only when somebody asks for it. Main thread and workers share one copy.

import {
  type Columns,
  flagDigest,
  flagRacy,
  kindFile,
  kindFolder,
  kindLink,
  kindMask,
  layOut,
  readHeader,
} from './baseline-layout.ts';
import type { BaseEntry, Content, Side, Signature } from './entry.ts';

/** What the file says about itself besides its entries. */
export interface About {
  /** Raised by each write; the marker in each root carries it too. */
  readonly generation: number;
  readonly roots: { readonly left: string; readonly right: string };
  /** Identifies the ignore rules it was made under; others make every name be judged again. */
  readonly rulesKey: string;
}

export interface Baseline {
  readonly bytes: Uint8Array;
  readonly about: About;
  readonly columns: Columns;
  /** Entries without the root. */
  readonly size: number;
  readonly folders: number;
}

/**
 * Throws `folder-baseline-damaged`; treat that as a lost baseline. Bytes must begin at 8·n. A thread
 * that shares bytes somebody checked before need not check them again.
 */
export function openBaseline(
  bytes: Uint8Array,
  checked: 'unchecked' | 'checked' = 'unchecked',
): Baseline {
  const sizes = readHeader(bytes, checked === 'unchecked');
  const { columns } = layOut(bytes.buffer, bytes.byteOffset, sizes);
  const about = JSON.parse(decode(columns.about, 0, columns.about.length)) as About;
  return { bytes, about, columns, size: sizes.entries - 1, folders: sizes.folders };
}

/** Names are decoded in pieces: one call for many folders. */
const pageBytes = 1 << 16;
const foldersOnPage = 256;

interface Page {
  readonly text: string;
  /** UTF-16 units of all names, from and to. */
  readonly begin: number;
  readonly end: number;
}

const noPage: Page = { text: '', begin: 0, end: 0 };

/**
 * Reads names. Asked folder by folder it keeps one page of them; asked in any order it keeps every
 * page it was asked for.
 */
export class Names {
  readonly #columns: Columns;
  readonly #kept: Map<number, Page> | null;
  #page = noPage;

  constructor(baseline: Baseline, asked: 'in-order' | 'any-order') {
    this.#columns = baseline.columns;
    this.#kept = asked === 'in-order' ? null : new Map();
  }

  /** The name of an entry that is in `folder`. */
  of(entry: number, folder: number): string {
    const { nameAt } = this.#columns;
    const begin = nameAt[entry] ?? 0;
    const end = nameAt[entry + 1] ?? 0;
    if (begin < this.#page.begin || end > this.#page.end) this.#page = this.#pageOf(folder);
    return this.#page.text.substring(begin - this.#page.begin, end - this.#page.begin);
  }

  #pageOf(folder: number): Page {
    if (this.#kept === null) return this.#decode(folder);
    // They begin at fixed folders, so that each folder is on one of them.
    const first = folder - (folder % foldersOnPage);
    const page = this.#kept.get(first) ?? this.#decode(first);
    this.#kept.set(first, page);
    return page;
  }

  #decode(folder: number): Page {
    const { bytesAt, first, names, nameAt } = this.#columns;
    const from = bytesAt[folder] ?? 0;
    const folders = bytesAt.length - 1;
    let last = Math.min(folder + (this.#kept === null ? 1 : foldersOnPage), folders);
    if (this.#kept === null) {
      while (last < folders && (bytesAt[last + 1] ?? 0) - from <= pageBytes) last++;
    }
    const text = decode(names, from, bytesAt[last] ?? 0);
    const begin = nameAt[first[folder] ?? 0] ?? 0;
    return { text, begin, end: begin + text.length };
  }
}

/** The entry at a path, or -1. */
export function findEntry(
  baseline: Baseline,
  path: string,
  names = new Names(baseline, 'any-order'),
): number {
  if (path === '') return 0;
  const { flags, extra } = baseline.columns;
  let folder = 0;
  let entry = 0;
  for (const name of path.split('/')) {
    if (((flags[entry] ?? 0) & kindMask) !== kindFolder) return -1;
    folder = extra[entry] ?? 0;
    entry = findIn(baseline, folder, name, names);
    if (entry === -1) return -1;
  }
  return entry;
}

/** The entry of that name in a folder, or -1. */
export function findIn(baseline: Baseline, folder: number, name: string, names: Names): number {
  const { first } = baseline.columns;
  let low = first[folder] ?? 0;
  let high = (first[folder + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = names.of(middle, folder);
    if (found === name) return middle;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function lookup(baseline: Baseline, path: string, names?: Names): BaseEntry | null {
  const entry = findEntry(baseline, path, names);
  return entry === -1 ? null : baseEntryAt(baseline, entry);
}

export function baseEntryAt(baseline: Baseline, entry: number): BaseEntry {
  return {
    content: contentAt(baseline, entry),
    left: signatureAt(baseline, entry, 'left'),
    right: signatureAt(baseline, entry, 'right'),
  };
}

function contentAt({ columns }: Baseline, entry: number): Content {
  const flags = columns.flags[entry] ?? 0;
  const mode = columns.mode[entry] ?? 0;
  if ((flags & kindMask) === kindFolder) return { kind: 'folder', mode };
  if ((flags & kindMask) === kindLink) return { kind: 'link', target: targetAt(columns, entry) };
  return {
    kind: 'file',
    size: columns.size[entry] ?? 0,
    mtimeMs: columns.mtime[entry] ?? 0,
    mode,
    digest: (flags & flagDigest) === 0 ? null : digestAt(columns, entry),
  };
}

function signatureAt({ columns }: Baseline, entry: number, side: Side): Signature {
  const own = columns[side];
  const signature = {
    mtimeMs: own.mtime[entry] ?? 0,
    ctimeMs: own.ctime[entry] ?? 0,
    inode: own.inode[entry] ?? 0,
  };
  const racy = ((columns.flags[entry] ?? 0) & flagRacy[side]) !== 0;
  return racy ? { ...signature, racy } : signature;
}

/** The `size` column of a link holds the length of its target in bytes. */
function targetAt({ targets, extra, size }: Columns, entry: number): string {
  const from = extra[entry] ?? 0;
  return decode(targets, from, from + (size[entry] ?? 0));
}

function digestAt({ digests, extra }: Columns, entry: number): string {
  const from = 32 * (extra[entry] ?? 0);
  let text = '';
  for (const byte of digests.subarray(from, from + 32)) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Every path below `path` (all of them for `''`), folders before what is in them. */
export function* pathsBelow(
  baseline: Baseline,
  path: string,
  names = new Names(baseline, 'any-order'),
): Generator<{ readonly path: string; readonly entry: number }> {
  const { flags, extra, first } = baseline.columns;
  const top = findEntry(baseline, path, names);
  if (top === -1 || ((flags[top] ?? 0) & kindMask) !== kindFolder) return;
  const waiting = [{ folder: extra[top] ?? 0, prefix: path === '' ? '' : `${path}/` }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { folder, prefix } = next;
    for (let entry = first[folder] ?? 0; entry < (first[folder + 1] ?? 0); entry++) {
      const found = prefix + names.of(entry, folder);
      yield { path: found, entry };
      if (((flags[entry] ?? 0) & kindMask) === kindFolder) {
        waiting.push({ folder: extra[entry] ?? 0, prefix: `${found}/` });
      }
    }
  }
}

export interface KnownCounts {
  readonly files: number;
  readonly folders: number;
  readonly links: number;
  readonly bytes: number;
}

/** What the baseline holds, without the root. */
export function knownCounts({ columns, folders }: Baseline): KnownCounts {
  let files = 0;
  let bytes = 0;
  const { flags, size } = columns;
  for (let entry = 0; entry < flags.length; entry++) {
    if (((flags[entry] ?? 0) & kindMask) !== kindFile) continue;
    files++;
    bytes += size[entry] ?? 0;
  }
  return { files, folders: folders - 1, links: flags.length - files - folders, bytes };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A decoder refuses shared memory in browsers, not here; a name may begin with U+FEFF. */
function decode(bytes: Uint8Array, from: number, to: number): string {
  return utf8.decode(bytes.subarray(from, to));
}
