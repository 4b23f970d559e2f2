// What a scan of one side answers: only what is not as the baseline says, as columns that travel
// from a thread without being copied, and become objects on arrival.

import type { SeenListing, SideListings } from './baseline-trust.ts';
import { Column } from './column.ts';
import {
  carriedModes,
  type Entry,
  type Observation,
  type Problem,
  type Side,
  type Signature,
} from './entry.ts';

/** As in Observation, and `ignored`: known to the baseline, but the rules leave it out now. */
export type Seen = Observation | { readonly state: 'ignored' };

export interface SeenByPath extends Iterable<[string, Seen]> {
  readonly size: number;
  has(path: string): boolean;
  get(path: string): Seen | undefined;
  keys(): Iterable<string>;
  /** For `at`, which finds it sooner than the path does; -1: nothing was said of the path. */
  indexOf(path: string): number;
  at(index: number): Seen;
}

export interface ScanResult {
  readonly side: Side;
  /** By path. Nothing is said about what is below an absent, unknown or ignored path. */
  readonly seen: SeenByPath;
  readonly listings: SideListings;
  /** Of names that cannot be written as a path. */
  readonly problems: readonly Problem[];
  readonly counts: ScanCounts;
  /** Some `.syncignore` is not as the baseline knows it: the next scan should judge every name. */
  readonly rulesChanged: boolean;
  /** The `.syncignore` files there were reasons to read. */
  readonly rules: readonly RuleFile[];
}

export interface RuleFile {
  /** Path of the folder it is in. */
  readonly folder: string;
  readonly text: string;
}

export interface ScanCounts {
  /** Files, folders and links there are, without the root and what is ignored. */
  readonly entries: number;
  readonly bytes: number;
  readonly ignored: number;
  /** Names of files that have more than one. */
  readonly linked: number;
  /** Folders whose names were read. */
  readonly listed: number;
}

/** The same, fit to travel. */
export interface PackedScan {
  readonly side: Side;
  /**
   * A thousand to a piece, NUL between them. One that is in the same folder as the one before is
   * written as `/` and its name: whole paths are most of what a scan has to say.
   */
  readonly paths: readonly string[];
  readonly states: Uint8Array;
  /** Six to each path that is present: size, mode, mtime, ctime, inode, 1 if racy. */
  readonly numbers: Float64Array;
  /** Link targets, NUL between them, in order of their paths. */
  readonly targets: string;
  readonly unknown: readonly Problem[];
  readonly problems: readonly Problem[];
  readonly listingPaths: string;
  /** Six to each: mtime, ctime, inode, count and both sums of the names. */
  readonly listingNumbers: Float64Array;
  readonly counts: ScanCounts;
  readonly rulesChanged: boolean;
  readonly rules: readonly RuleFile[];
}

const codes = { absent: 0, ignored: 1, unknown: 2, file: 3, folder: 4, link: 5 } as const;

/** A growing list of texts as a few long ones, NUL between them; what was joined lets its parts go. */
class JoinedTexts {
  #joined: string[] = [];
  #recent: string[] = [];

  push(text: string): void {
    this.#recent.push(text);
    if (this.#recent.length < 1024) return;
    this.#joined.push(this.#recent.join('\0'));
    this.#recent = [];
  }

  take(): readonly string[] {
    if (this.#recent.length > 0) this.#joined.push(this.#recent.join('\0'));
    const all = this.#joined;
    this.#joined = [];
    this.#recent = [];
    return all;
  }
}

interface Found {
  readonly kind: string;
  readonly size: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

/** Collects what a scan finds. */
export class ScanPacker {
  readonly #side: Side;
  readonly #paths = new JoinedTexts();
  #folder: string | null = null;
  readonly #states = new Column(Uint8Array);
  readonly #numbers = new Column(Float64Array);
  readonly #targets = new JoinedTexts();
  readonly #unknown: Problem[] = [];
  readonly #problems: Problem[] = [];
  readonly #listingPaths = new JoinedTexts();
  readonly #listingNumbers = new Column(Float64Array);

  constructor(side: Side) {
    this.#side = side;
  }

  absent(path: string): void {
    this.#push(path, codes.absent);
  }

  ignored(path: string): void {
    this.#push(path, codes.ignored);
  }

  unknown(path: string, code: string, text: string): void {
    this.#push(path, codes.unknown);
    this.#unknown.push({ path, side: this.#side, code, text });
  }

  problem(path: string, code: string, text: string): void {
    this.#problems.push({ path, side: this.#side, code, text });
  }

  /** `target` is null for all but links. */
  present(path: string, found: Found, target: string | null, racy: boolean): void {
    this.#push(path, presentCode(found.kind, target));
    if (target !== null) this.#targets.push(target);
    this.#numbers.push(found.size);
    this.#numbers.push(found.mode & carriedModes);
    this.#numbers.push(found.mtimeMs);
    this.#numbers.push(found.ctimeMs);
    this.#numbers.push(found.inode);
    this.#numbers.push(racy ? 1 : 0);
  }

  listing(path: string, { signature, names }: SeenListing): void {
    this.#listingPaths.push(path);
    this.#listingNumbers.push(signature.mtimeMs);
    this.#listingNumbers.push(signature.ctimeMs);
    this.#listingNumbers.push(signature.inode);
    this.#listingNumbers.push(names.count);
    this.#listingNumbers.push(names.low);
    this.#listingNumbers.push(names.high);
  }

  pack(about: Pick<ScanResult, 'counts' | 'rules' | 'rulesChanged'>): PackedScan {
    return {
      side: this.#side,
      paths: this.#paths.take(),
      states: this.#states.take(),
      numbers: this.#numbers.take(),
      targets: this.#targets.take().join('\0'),
      unknown: this.#unknown,
      problems: this.#problems,
      listingPaths: this.#listingPaths.take().join('\0'),
      listingNumbers: this.#listingNumbers.take(),
      ...about,
    };
  }

  #push(path: string, code: number): void {
    const name = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, name);
    this.#paths.push(folder === this.#folder ? `/${path.slice(name)}` : path);
    this.#folder = folder;
    this.#states.push(code);
  }
}

function presentCode(kind: string, target: string | null): number {
  if (target !== null) return codes.link;
  return kind === 'directory' ? codes.folder : codes.file;
}

export function unpackScan(packed: PackedScan): ScanResult {
  const { side, problems, counts, rulesChanged, rules } = packed;
  return {
    side,
    seen: new SeenColumns(packed),
    listings: unpackListings(packed),
    problems,
    counts,
    rulesChanged,
    rules,
  };
}

function* pathsIn(pieces: readonly string[]): Generator<string> {
  let folder = '';
  for (const piece of pieces) {
    for (const text of piece.split('\0')) {
      const path = text.startsWith('/') ? folder + text.slice(1) : text;
      folder = path.slice(0, path.lastIndexOf('/') + 1);
      yield path;
    }
  }
}

/** What was seen at a path is made into an object when somebody asks. */
class SeenColumns implements SeenByPath {
  readonly #packed: PackedScan;
  readonly #indices = new Map<string, number>();
  /** Of each path: where its numbers are, or which of the problems is its own. */
  readonly #details: Uint32Array;
  readonly #targets = new Map<number, string>();

  constructor(packed: PackedScan) {
    const { states } = packed;
    this.#packed = packed;
    this.#details = new Uint32Array(states.length);
    const targets = packed.targets.split('\0');
    let [index, numbers, links, unknown] = [-1, 0, 0, 0];
    for (const path of pathsIn(packed.paths)) {
      this.#indices.set(path, ++index);
      const code = states[index];
      if (code === codes.absent || code === codes.ignored) continue;
      if (code === codes.unknown) this.#details[index] = unknown++;
      else {
        this.#details[index] = numbers;
        numbers += 6;
        if (code === codes.link) this.#targets.set(index, targets[links++] ?? '');
      }
    }
  }

  get size(): number {
    return this.#indices.size;
  }

  has(path: string): boolean {
    return this.#indices.has(path);
  }

  keys(): Iterable<string> {
    return this.#indices.keys();
  }

  get(path: string): Seen | undefined {
    const index = this.#indices.get(path);
    return index === undefined ? undefined : this.at(index);
  }

  *[Symbol.iterator](): Generator<[string, Seen]> {
    for (const [path, index] of this.#indices) yield [path, this.at(index)];
  }

  indexOf(path: string): number {
    return this.#indices.get(path) ?? -1;
  }

  at(index: number): Seen {
    const { states, numbers, unknown } = this.#packed;
    const detail = this.#details[index] ?? 0;
    switch (states[index]) {
      case codes.absent:
        return { state: 'absent' };
      case codes.ignored:
        return { state: 'ignored' };
      case codes.unknown:
        return { state: 'unknown', problem: unknown[detail] as Problem };
      default: {
        const target = this.#targets.get(index) ?? null;
        const entry = unpackEntry(states[index] === codes.folder, target, numbers, detail);
        return { state: 'present', entry };
      }
    }
  }
}

function unpackEntry(
  isFolder: boolean,
  target: string | null,
  numbers: Float64Array,
  at: number,
): Entry {
  const plain = unpackSignature(numbers, at + 2);
  const signature: Signature = numbers[at + 5] === 1 ? { ...plain, racy: true } : plain;
  const mode = numbers[at + 1] ?? 0;
  if (target !== null) return { kind: 'link', target, signature };
  if (isFolder) return { kind: 'folder', mode, signature };
  const size = numbers[at] ?? 0;
  return { kind: 'file', size, mtimeMs: plain.mtimeMs, mode, digest: null, signature };
}

function unpackSignature(numbers: Float64Array, at: number): Signature {
  return {
    mtimeMs: numbers[at] ?? 0,
    ctimeMs: numbers[at + 1] ?? 0,
    inode: numbers[at + 2] ?? 0,
  };
}

function unpackListings({ listingPaths, listingNumbers }: PackedScan): SideListings {
  const listings = new Map<string, SeenListing>();
  if (listingNumbers.length === 0) return listings;
  listingPaths.split('\0').forEach((path, index) => {
    const at = 6 * index;
    listings.set(path, {
      signature: unpackSignature(listingNumbers, at),
      names: {
        count: listingNumbers[at + 3] ?? 0,
        low: listingNumbers[at + 4] ?? 0,
        high: listingNumbers[at + 5] ?? 0,
      },
    });
  });
  return listings;
}
