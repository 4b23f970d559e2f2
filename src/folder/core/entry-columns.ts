// Entries as columns. Nearly all of a large tree are files and folders of which nothing is known but
// what a look tells; the others (links, files that were digested) stay the objects they are.
import { Column } from './column.ts';
import type { Entry, Signature } from './entry.ts';

/** Fit to travel. */
export interface PackedEntries {
  readonly codes: Uint8Array;
  readonly modes: Uint16Array;
  /** Four to each: size, mtime, ctime, inode. */
  readonly numbers: Float64Array;
  readonly odd: ReadonlyMap<number, Entry>;
}

const codeFile = 0;
const codeFolder = 1;
const codeOdd = 2;
const codeMask = 3;
const racyBit = 4;
const modeMax = 0xffff;

export class Entries {
  readonly #codes: Column<Uint8Array>;
  readonly #modes: Column<Uint16Array>;
  readonly #numbers: Column<Float64Array>;
  readonly #odd: Map<number, Entry>;

  constructor(packed?: PackedEntries) {
    this.#codes = new Column(Uint8Array, packed?.codes);
    this.#modes = new Column(Uint16Array, packed?.modes);
    this.#numbers = new Column(Float64Array, packed?.numbers);
    this.#odd = new Map(packed?.odd);
  }

  /** Answers its number. */
  push(entry: Entry): number {
    const index = this.#codes.length;
    const { signature } = entry;
    const racy = signature.racy === true ? racyBit : 0;
    const code = codeOf(entry);
    if (code === codeOdd) this.#odd.set(index, entry);
    this.#codes.push(code | racy);
    this.#modes.push(code !== codeOdd && entry.kind !== 'link' ? entry.mode : 0);
    this.#numbers.push(entry.kind === 'file' ? entry.size : 0);
    this.#numbers.push(signature.mtimeMs);
    this.#numbers.push(signature.ctimeMs);
    this.#numbers.push(signature.inode);
    return index;
  }

  /** The same entry out of another store. */
  copy(from: Entries, at: number): number {
    const index = this.#codes.length;
    const odd = from.#odd.get(at);
    if (odd !== undefined) this.#odd.set(index, odd);
    this.#codes.push(from.#codes.at(at));
    this.#modes.push(from.#modes.at(at));
    for (let cell = 0; cell < 4; cell++) this.#numbers.push(from.#numbers.at(4 * at + cell));
    return index;
  }

  at(index: number): Entry {
    const code = this.#codes.at(index);
    if ((code & codeMask) === codeOdd) return this.#odd.get(index) as Entry;
    const signature = this.#signatureAt(4 * index, (code & racyBit) !== 0);
    const mode = this.#modes.at(index);
    if ((code & codeMask) === codeFolder) return { kind: 'folder', mode, signature };
    const { mtimeMs } = signature;
    return { kind: 'file', size: this.sizeAt(index), mtimeMs, mode, digest: null, signature };
  }

  isFolder(index: number): boolean {
    const code = this.#codes.at(index) & codeMask;
    return code === codeFolder || (code === codeOdd && this.#odd.get(index)?.kind === 'folder');
  }

  /** Of a file; zero for all else. */
  sizeAt(index: number): number {
    return this.#numbers.at(4 * index);
  }

  pack(): PackedEntries {
    return {
      codes: this.#codes.take(),
      modes: this.#modes.take(),
      numbers: this.#numbers.take(),
      odd: this.#odd,
    };
  }

  #signatureAt(cell: number, racy: boolean): Signature {
    const mtimeMs = this.#numbers.at(cell + 1);
    const ctimeMs = this.#numbers.at(cell + 2);
    const inode = this.#numbers.at(cell + 3);
    return racy ? { mtimeMs, ctimeMs, inode, racy } : { mtimeMs, ctimeMs, inode };
  }
}

function codeOf(entry: Entry): number {
  if (entry.kind === 'link' || !isPlainMode(entry.mode)) return codeOdd;
  if (entry.kind === 'folder') return codeFolder;
  return entry.digest === null && entry.mtimeMs === entry.signature.mtimeMs ? codeFile : codeOdd;
}

function isPlainMode(mode: number): boolean {
  return Number.isInteger(mode) && mode >= 0 && mode <= modeMax;
}
