// Writes the next baseline: the old one, the changes, and what listings proved; column by column, so
// an entry that stays is moved as numbers and never becomes an object. Where nothing came or went, all
// stay where they are.
import { type About, type Baseline, Names } from './baseline.ts';
import { amend } from './baseline-amend.ts';
import {
  type Columns,
  flagDigest,
  flagTrusted,
  kindFolder,
  kindLink,
  kindMask,
  layOut,
  readHeader,
  type Sizes,
  totalBytes,
  writeHeader,
} from './baseline-layout.ts';
import {
  type Changes,
  type Fresh,
  type Merged,
  type MergedFolder,
  merge,
} from './baseline-merge.ts';
import { putDigest, putEntry } from './baseline-put.ts';
import { type Listings, markTrusted } from './baseline-trust.ts';

const utf8 = new TextEncoder();
const nothing = new Uint8Array();

/**
 * The bytes of the next baseline. A null change forgets a path and all below it; a folder must be
 * known, or be among the changes, for what is in it to be kept. Listings say which folders a scan
 * read completely; where they agree with the result, the next scan need not read them again.
 */
export function writeBaseline(
  old: Baseline | null,
  changes: Changes,
  about: About,
  listings?: Listings,
): Uint8Array<SharedArrayBuffer> {
  const aboutBytes = utf8.encode(JSON.stringify(about));
  const amended = old === null ? null : amendOld(old, changes, aboutBytes.length);
  const { bytes, columns, sizes } = amended ?? rewrite(old, changes, aboutBytes.length);
  columns.about.set(aboutBytes);
  if (listings !== undefined) markTrusted({ bytes, about, columns, ...countsOf(sizes) }, listings);
  writeHeader(bytes, sizes);
  return bytes;
}

interface Written {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly columns: Columns;
  readonly sizes: Sizes;
}

function amendOld(old: Baseline, changes: Changes, aboutBytes: number): Written | null {
  const sizes = { ...readHeader(old.bytes, false), aboutBytes };
  const amended = amend(old, changes, sizes);
  return amended && { ...amended, sizes };
}

function rewrite(old: Baseline | null, changes: Changes, aboutBytes: number): Written {
  const merged = merge(old, changes);
  const texts = encodeTexts(old, merged);
  const sizes: Sizes = {
    entries: merged.source.length,
    folders: merged.folders.length,
    nameBytes: texts.nameBytes,
    targetBytes: texts.targetBytes,
    digests: texts.digests,
    aboutBytes,
  };
  const bytes = new Uint8Array(new SharedArrayBuffer(totalBytes(sizes)));
  const { columns } = layOut(bytes.buffer, 0, sizes);
  fillFolders(columns, old, merged, texts.names);
  fillNumbers(columns, old, merged);
  fillContent(columns, old, merged, texts.targets);
  return { bytes, columns, sizes };
}

function countsOf(sizes: Sizes): { size: number; folders: number } {
  return { size: sizes.entries - 1, folders: sizes.folders };
}

interface Texts {
  /** By number of the folder, the names in it as UTF-8; of those whose names are as they were, none. */
  readonly names: ReadonlyMap<number, Uint8Array>;
  readonly nameBytes: number;
  /** Of fresh links, by index into `fresh`. */
  readonly targets: ReadonlyMap<number, Uint8Array>;
  readonly targetBytes: number;
  readonly digests: number;
}

function encodeTexts(old: Baseline | null, merged: Merged): Texts {
  const targets = new Map<number, Uint8Array>();
  let targetBytes = 0;
  let digests = 0;
  merged.fresh.forEach(({ base, isFolder }, index) => {
    if (isFolder) return;
    const { content } = base;
    if (content.kind === 'link') {
      const target = utf8.encode(content.target);
      targets.set(index, target);
      targetBytes += target.length;
    } else if (content.kind === 'file' && content.digest !== null) digests++;
  });
  if (old !== null) {
    const { flags, size } = old.columns;
    for (const entry of merged.source) {
      if (entry < 0) continue;
      const flag = flags[entry] ?? 0;
      if ((flag & kindMask) === kindLink) targetBytes += size[entry] ?? 0;
      else if ((flag & flagDigest) !== 0) digests++;
    }
  }
  const names = encodeNames(old, merged);
  let nameBytes = 0;
  merged.folders.forEach((folder, number) => {
    nameBytes += (names.get(number) ?? oldNames(old, folder)).length;
  });
  return { names, nameBytes, targets, targetBytes, digests };
}

function oldNames(old: Baseline | null, folder: MergedFolder): Uint8Array {
  if (old === null) return nothing;
  const { bytesAt, names } = old.columns;
  return names.subarray(bytesAt[folder.old], bytesAt[folder.old + 1]);
}

function encodeNames(
  old: Baseline | null,
  { source, fresh, folders }: Merged,
): Map<number, Uint8Array> {
  const names = old === null ? null : new Names(old, 'in-order');
  const encoded = new Map<number, Uint8Array>();
  folders.forEach((folder, number) => {
    if (old !== null && !folder.renamed) return;
    const end = folders[number + 1]?.first ?? source.length;
    let text = '';
    for (let at = folder.first; at < end; at++) {
      const entry = source[at] ?? 0;
      text += entry < 0 ? (fresh[~entry]?.name ?? '') : (names?.of(entry, folder.old) ?? '');
    }
    encoded.set(number, utf8.encode(text));
  });
  return encoded;
}

function fillFolders(
  columns: Columns,
  old: Baseline | null,
  { source, fresh, folders }: Merged,
  names: ReadonlyMap<number, Uint8Array>,
): void {
  const numberOf = new Uint32Array(old?.folders ?? 0);
  let fromOld = 0;
  for (const folder of folders) if (folder.old !== -1) numberOf[folder.old] = fromOld++;
  let at = 0;
  folders.forEach((folder, number) => {
    columns.first[number] = folder.first;
    columns.bytesAt[number] = at;
    const bytes = names.get(number) ?? oldNames(old, folder);
    columns.names.set(bytes, at);
    at += bytes.length;
  });
  columns.first[folders.length] = source.length;
  columns.bytesAt[folders.length] = at;
  const numberOfFolderAt = (entry: number): number => {
    if (entry >= 0) return numberOf[old?.columns.extra[entry] ?? 0] ?? 0;
    const { oldFolder, newFolder } = fresh[~entry] as Fresh;
    return oldFolder === -1 ? fromOld + newFolder : (numberOf[oldFolder] ?? 0);
  };
  let inside = 0;
  source.forEach((entry, index) => {
    while (inside < folders.length - 1 && index >= (columns.first[inside + 1] ?? 0)) inside++;
    if (!isFolder(old, fresh, entry)) return;
    const number = numberOfFolderAt(entry);
    columns.extra[index] = number;
    columns.entryOf[number] = index;
    columns.parent[number] = index === 0 ? 0 : inside;
  });
}

function isFolder(old: Baseline | null, fresh: readonly Fresh[], entry: number): boolean {
  if (entry < 0) return fresh[~entry]?.isFolder === true;
  return ((old?.columns.flags[entry] ?? 0) & kindMask) === kindFolder;
}

/** Sizes, times, inodes and modes of what stays, and how long each name is. */
function fillNumbers(columns: Columns, old: Baseline | null, { source, fresh }: Merged): void {
  let nameAt = 0;
  source.forEach((entry, index) => {
    columns.nameAt[index] = nameAt;
    if (entry < 0) {
      nameAt += (fresh[~entry] as Fresh).name.length;
    } else if (old !== null) {
      nameAt += (old.columns.nameAt[entry + 1] ?? 0) - (old.columns.nameAt[entry] ?? 0);
      copyNumbers(columns, index, old.columns, entry);
    }
  });
  columns.nameAt[source.length] = nameAt;
}

function copyNumbers(to: Columns, index: number, from: Columns, entry: number): void {
  to.size[index] = from.size[entry] ?? 0;
  to.mtime[index] = from.mtime[entry] ?? 0;
  to.mode[index] = from.mode[entry] ?? 0;
  to.left.mtime[index] = from.left.mtime[entry] ?? 0;
  to.left.ctime[index] = from.left.ctime[entry] ?? 0;
  to.left.inode[index] = from.left.inode[entry] ?? 0;
  to.right.mtime[index] = from.right.mtime[entry] ?? 0;
  to.right.ctime[index] = from.right.ctime[entry] ?? 0;
  to.right.inode[index] = from.right.inode[entry] ?? 0;
}

/** Flags, and what is of uneven length: targets and digests; of what is fresh, all. */
function fillContent(
  columns: Columns,
  old: Baseline | null,
  { source, fresh, folders }: Merged,
  targets: ReadonlyMap<number, Uint8Array>,
): void {
  const store = { target: 0, digest: 0 };
  source.forEach((entry, index) => {
    if (entry < 0) fillFresh(columns, index, fresh[~entry] as Fresh, targets.get(~entry), store);
    else if (old !== null) fillOld(columns, index, old.columns, entry, store);
  });
  // Whose names changed is to be proven anew.
  const trusted = flagTrusted.left | flagTrusted.right;
  folders.forEach(({ renamed }, number) => {
    const entry = columns.entryOf[number] ?? 0;
    if (renamed) columns.flags[entry] = (columns.flags[entry] ?? 0) & ~trusted;
  });
}

interface Store {
  target: number;
  digest: number;
}

function fillOld(to: Columns, index: number, from: Columns, entry: number, store: Store): void {
  const flags = from.flags[entry] ?? 0;
  to.flags[index] = flags;
  if ((flags & kindMask) === kindLink) {
    const at = from.extra[entry] ?? 0;
    putTarget(to, index, from.targets.subarray(at, at + (from.size[entry] ?? 0)), store);
  } else if ((flags & flagDigest) !== 0) {
    const at = 32 * (from.extra[entry] ?? 0);
    to.digests.set(from.digests.subarray(at, at + 32), 32 * store.digest);
    to.extra[index] = store.digest++;
  }
}

function fillFresh(
  to: Columns,
  index: number,
  { base }: Fresh,
  target: Uint8Array | undefined,
  store: Store,
): void {
  putEntry(to, index, base);
  const { content } = base;
  if (content.kind === 'link') putTarget(to, index, target ?? nothing, store);
  else if (content.kind === 'file' && content.digest !== null) {
    putDigest(to, store.digest, content.digest);
    to.extra[index] = store.digest++;
  }
}

function putTarget(to: Columns, index: number, target: Uint8Array, store: Store): void {
  to.targets.set(target, store.target);
  to.extra[index] = store.target;
  to.size[index] = target.length;
  store.target += target.length;
}
