// The form of a baseline file: a header of 64 bytes, then columns. One entry is one index into all
// of them; the entries of one folder stand together, sorted by name. Columns instead of records, so
// that a thread reads them in place through typed arrays, out of memory it shares with the others.
//
//   header   magic, form, sizes, checksum over everything behind it
//   columns  8-byte numbers first, then 4, 2 and 1, each beginning at a multiple of 8
//   names    UTF-8, all names of a folder in one piece, folder by folder
//   targets  UTF-8, of links
//   digests  32 bytes each
//   about    JSON: generation, roots, rules
import { syncError } from '../../model/error.ts';

const headerBytes = 64;
const magic = 0x4253_4d53;
const form = 1;
/** The word of the header where its two sums stand; the words before are summed too. */
const checksumAt = 8;

export interface Sizes {
  /** The root itself is entry 0. */
  readonly entries: number;
  /** The root is folder 0. */
  readonly folders: number;
  readonly nameBytes: number;
  readonly targetBytes: number;
  readonly digests: number;
  readonly aboutBytes: number;
}

/** Low bits of the `flags` column: the kind. */
export const kindFile = 0;
export const kindFolder = 1;
export const kindLink = 2;
export const kindMask = 3;
export const flagDigest = 4;
export const flagRacy = { left: 8, right: 16 } as const;
/** The names a folder holds are those on that side's disk, as long as its own signature stands. */
export const flagTrusted = { left: 32, right: 64 } as const;

export interface SideColumns {
  readonly mtime: Float64Array;
  readonly ctime: Float64Array;
  readonly inode: Float64Array;
}

export interface Columns {
  readonly size: Float64Array;
  readonly mtime: Float64Array;
  readonly left: SideColumns;
  readonly right: SideColumns;
  /** Where the name begins, in UTF-16 units of all names; one more than there are entries. */
  readonly nameAt: Uint32Array;
  /** Folder: its number. Link: where its target begins, in bytes. File: its digest's number. */
  readonly extra: Uint32Array;
  /** Of each folder, its first entry; one more than there are folders. */
  readonly first: Uint32Array;
  /** Of each folder, the first byte of its names; one more than there are folders. */
  readonly bytesAt: Uint32Array;
  /** Of each folder, its own entry. */
  readonly entryOf: Uint32Array;
  /** Of each folder, the folder it is in; always a smaller number. The root is in itself. */
  readonly parent: Uint32Array;
  readonly mode: Uint16Array;
  readonly flags: Uint8Array;
  readonly names: Uint8Array;
  readonly targets: Uint8Array;
  readonly digests: Uint8Array;
  readonly about: Uint8Array;
}

/** Views into the bytes behind the header; `total` is where they end. */
export function layOut(
  memory: ArrayBufferLike,
  start: number,
  sizes: Sizes,
): { readonly columns: Columns; readonly total: number } {
  const { entries, folders } = sizes;
  let at = start + headerBytes;
  const take = (bytes: number): number => {
    const here = at;
    at += Math.ceil(bytes / 8) * 8;
    return here;
  };
  const doubles = () => new Float64Array(memory, take(8 * entries), entries);
  const words = (count: number) => new Uint32Array(memory, take(4 * count), count);
  const bytes = (count: number) => new Uint8Array(memory, take(count), count);
  const side = (): SideColumns => ({ mtime: doubles(), ctime: doubles(), inode: doubles() });
  const columns: Columns = {
    size: doubles(),
    mtime: doubles(),
    left: side(),
    right: side(),
    nameAt: words(entries + 1),
    extra: words(entries),
    first: words(folders + 1),
    bytesAt: words(folders + 1),
    entryOf: words(folders),
    parent: words(folders),
    mode: new Uint16Array(memory, take(2 * entries), entries),
    flags: bytes(entries),
    names: bytes(sizes.nameBytes),
    targets: bytes(sizes.targetBytes),
    digests: bytes(32 * sizes.digests),
    about: bytes(sizes.aboutBytes),
  };
  return { columns, total: at - start };
}

/** How many bytes a baseline of these sizes takes. */
export function totalBytes(sizes: Sizes): number {
  const { entries, folders } = sizes;
  const parts = [
    ...Array<number>(8).fill(8 * entries),
    4 * (entries + 1),
    4 * entries,
    4 * (folders + 1),
    4 * (folders + 1),
    4 * folders,
    4 * folders,
    2 * entries,
    entries,
    sizes.nameBytes,
    sizes.targetBytes,
    32 * sizes.digests,
    sizes.aboutBytes,
  ];
  return parts.reduce((sum, part) => sum + Math.ceil(part / 8) * 8, headerBytes);
}

/** Call it last: the checksum covers what the columns hold by then. */
export function writeHeader(bytes: Uint8Array, sizes: Sizes): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const fields = [magic, form, ...sizeFields(sizes)];
  fields.forEach((value, index) => {
    view.setUint32(4 * index, value, true);
  });
  const [low, high] = checksum(bytes);
  view.setUint32(4 * checksumAt, low, true);
  view.setUint32(4 * checksumAt + 4, high, true);
}

/** Throws `folder-baseline-damaged` for anything that is not a whole baseline of this form. */
export function readHeader(bytes: Uint8Array, withChecksum: boolean): Sizes {
  if (bytes.length < headerBytes) throw damaged('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  if (view.getUint32(0, true) !== magic) throw damaged('it is something else');
  if (view.getUint32(4, true) !== form) throw damaged('its form is unknown');
  const field = (index: number) => view.getUint32(8 + 4 * index, true);
  const sizes: Sizes = {
    entries: field(0),
    folders: field(1),
    nameBytes: field(2),
    targetBytes: field(3),
    digests: field(4),
    aboutBytes: field(5),
  };
  if (totalBytes(sizes) !== bytes.length) throw damaged('it was cut off');
  if (!withChecksum) return sizes;
  const [low, high] = checksum(bytes);
  if (
    view.getUint32(4 * checksumAt, true) !== low ||
    view.getUint32(4 * checksumAt + 4, true) !== high
  ) {
    throw damaged('its checksum is wrong');
  }
  return sizes;
}

function sizeFields(sizes: Sizes): number[] {
  return [
    sizes.entries,
    sizes.folders,
    sizes.nameBytes,
    sizes.targetBytes,
    sizes.digests,
    sizes.aboutBytes,
  ];
}

function damaged(reason: string): Error {
  return syncError('folder-baseline-damaged', { reason });
}

/**
 * Finds tears and flipped bits, not forgers. Four chains, so that the processor need not wait for one
 * multiplication before it begins the next: 10 MB are summed in 4 ms.
 */
function checksum(bytes: Uint8Array): readonly [number, number] {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let a = 0x811c_9dc5 | 0;
  let b = 0x9e37_79b9 | 0;
  let c = 0x85eb_ca6b | 0;
  let d = 0xc2b2_ae35 | 0;
  for (let index = 0; index < checksumAt; index++) a = mix(a, words[index] as number);
  const end = words.length - 3;
  let index = headerBytes >>> 2;
  for (; index < end; index += 4) {
    a = Math.imul(a ^ (words[index] as number), 0x0100_0193);
    b = Math.imul(b ^ (words[index + 1] as number), 0x5bd1_e995);
    c = Math.imul(c ^ (words[index + 2] as number), 0x1b87_3593);
    d = Math.imul(d ^ (words[index + 3] as number), 0x2c1b_3c6d);
  }
  for (; index < words.length; index++) a = mix(a, words[index] as number);
  return [mix(a, c) >>> 0, mix(b, d) >>> 0];
}

function mix(sum: number, word: number): number {
  const mixed = Math.imul(sum ^ word, 0x0100_0193);
  return mixed ^ (mixed >>> 15);
}
