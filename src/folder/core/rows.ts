// Joins what both sides' scans say with the baseline: one row for each path at which a side is not as
// agreed. A scan says nothing about what lies below an absent or unknown folder; that is spelled out
// here, because an edit on the other side may be inside.

import { type Baseline, baseEntryAt, findEntry, Names, pathsBelow } from './baseline.ts';
import { Column } from './column.ts';
import { type Entry, type Observation, type Problem, type Row, type Side, sides } from './entry.ts';
import { type List, MadeList } from './list.ts';
import { comparePaths } from './path.ts';
import type { ScanResult, Seen } from './scan-result.ts';

export interface RowSet {
  /** Sorted by path, so that a folder stands before what is in it. */
  readonly rows: List<Row>;
  /** Known to the baseline and left out by the rules now: to be forgotten, and touched nowhere. */
  readonly forgotten: readonly string[];
  /** Of names that have no path; those of paths stand in the rows. */
  readonly problems: readonly Problem[];
}

type Scans = Readonly<Record<Side, ScanResult>>;

const same: Observation = { state: 'same' };
const absent: Observation = { state: 'absent' };

/** `ignores`: the rules of both sides together, so that a path left out on one is on both. */
export function joinRows(
  baseline: Baseline | null,
  scans: Scans,
  ignores: (path: string, isFolder: boolean) => boolean = () => false,
): RowSet {
  return new Join(baseline, scans, ignores).run();
}

/** Not in the baseline. */
const none = -1;

class Join {
  readonly #baseline: Baseline | null;
  readonly #names: Names | null;
  readonly #scans: Scans;
  readonly #ignores: (path: string, isFolder: boolean) => boolean;

  constructor(
    baseline: Baseline | null,
    scans: Scans,
    ignores: (path: string, isFolder: boolean) => boolean,
  ) {
    this.#baseline = baseline;
    this.#names = baseline === null ? null : new Names(baseline, 'any-order');
    this.#scans = scans;
    this.#ignores = ignores;
  }

  run(): RowSet {
    const paths: string[] = [];
    const entries = new Column(Int32Array);
    const forgotten: string[] = [];
    const known = this.#knownBelow();
    for (const path of this.#paths(known).sort(comparePaths)) {
      const entry = known.get(path) ?? this.#entryAt(path);
      const left = this.#observe('left', path, entry);
      const right = this.#observe('right', path, entry);
      if (
        left.state === 'ignored' ||
        right.state === 'ignored' ||
        this.#leftOut(path, left, right)
      ) {
        if (entry !== none) forgotten.push(path);
      } else {
        paths.push(path);
        entries.push(entry);
      }
    }
    const problems = sides.flatMap((side) => this.#scans[side].problems);
    const rows = new Rows(paths, (path, index) => this.#row(path, entries.at(index)));
    return { rows, forgotten, problems };
  }

  #row(path: string, entry: number): Row {
    const baseline = this.#baseline;
    const base = baseline === null || entry === none ? null : baseEntryAt(baseline, entry);
    const left = this.#observe('left', path, entry) as Observation;
    const right = this.#observe('right', path, entry) as Observation;
    return { path, base, left, right };
  }

  /** Every path to speak about. */
  #paths(known: ReadonlyMap<string, number>): string[] {
    const { left, right } = this.#scans;
    const paths = [...left.seen.keys()];
    for (const path of right.seen.keys()) if (!left.seen.has(path)) paths.push(path);
    for (const path of known.keys()) {
      if (!left.seen.has(path) && !right.seen.has(path)) paths.push(path);
    }
    return paths;
  }

  /** What the baseline has below where a scan did not go on. */
  #knownBelow(): ReadonlyMap<string, number> {
    const known = new Map<string, number>();
    const baseline = this.#baseline;
    if (baseline === null) return known;
    for (const side of sides) {
      for (const [top, seen] of this.#scans[side].seen) {
        if (seen.state === 'unknown' || seen.state === 'same' || isFolder(seen)) continue;
        for (const { path, entry } of pathsBelow(baseline, top, this.#names ?? undefined)) {
          known.set(path, entry);
        }
      }
    }
    return known;
  }

  #entryAt(path: string): number {
    if (this.#baseline === null || this.#names === null) return none;
    return findEntry(this.#baseline, path, this.#names);
  }

  #observe(side: Side, path: string, entry: number): Seen {
    const own = this.#scans[side].seen.get(path);
    if (own !== undefined) return own;
    const cover = this.#coverOf(side, path);
    if (cover?.state === 'unknown' || cover?.state === 'ignored') return cover;
    if (cover !== null) return absent;
    return entry === none ? absent : same;
  }

  /** What a scan said about the nearest folder above at which it stopped. */
  #coverOf(side: Side, path: string): Seen | null {
    const { seen } = this.#scans[side];
    if (seen.size === 0) return null;
    for (let cut = path.lastIndexOf('/'); cut !== -1; cut = path.lastIndexOf('/', cut - 1)) {
      const above = seen.get(path.slice(0, cut));
      if (above !== undefined && !isFolder(above)) return above;
    }
    const root = seen.get('');
    return root === undefined || isFolder(root) ? null : root;
  }

  /** New on one side, and left out by the rules the other side has. */
  #leftOut(path: string, left: Seen, right: Seen): boolean {
    const entry = entryOf(left) ?? entryOf(right);
    return entry !== null && this.#ignores(path, entry.kind === 'folder');
  }
}

/** Made whenever somebody looks: of a large tree only the paths are kept, and what the scans say. */
class Rows extends MadeList<Row> {
  readonly #paths: readonly string[];
  readonly #row: (path: string, index: number) => Row;

  constructor(paths: readonly string[], row: (path: string, index: number) => Row) {
    super();
    this.#paths = paths;
    this.#row = row;
  }

  override get length(): number {
    return this.#paths.length;
  }

  protected override make(index: number): Row {
    return this.#row(this.#paths[index] ?? '', index);
  }
}

/** Where a scan went on. */
function isFolder(seen: Seen): boolean {
  return seen.state === 'present' && seen.entry.kind === 'folder';
}

function entryOf(seen: Seen): Entry | null {
  return seen.state === 'present' ? seen.entry : null;
}
