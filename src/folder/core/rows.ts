// Joins what both sides' scans say with the baseline: one row for each path at which a side is not as
// agreed. A scan says nothing about what lies below an absent or unknown folder; that is spelled out
// here, because an edit on the other side may be inside.
import { type Baseline, baseEntryAt, lookup, Names, pathsBelow } from './baseline.ts';
import {
  type BaseEntry,
  type Entry,
  type Observation,
  type Problem,
  type Row,
  type Side,
  sides,
} from './entry.ts';
import { comparePaths } from './path.ts';
import type { ScanResult, Seen } from './scan-result.ts';

export interface RowSet {
  /** Sorted by path, so that a folder stands before what is in it. */
  readonly rows: readonly Row[];
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

class Join {
  readonly #baseline: Baseline | null;
  readonly #names: Names | null;
  readonly #scans: Scans;
  readonly #ignores: (path: string, isFolder: boolean) => boolean;
  /** What is known about everything below a path, where a scan did not go on. */
  readonly #covers: Record<Side, ReadonlyMap<string, Seen> | null> = { left: null, right: null };

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
    const rows: Row[] = [];
    const forgotten: string[] = [];
    const paths = this.#paths();
    for (const path of [...paths.keys()].sort(comparePaths)) {
      const base = paths.get(path) ?? this.#base(path);
      const left = this.#observe('left', path, base);
      const right = this.#observe('right', path, base);
      if (
        left.state === 'ignored' ||
        right.state === 'ignored' ||
        this.#leftOut(path, left, right)
      ) {
        if (base !== null) forgotten.push(path);
      } else {
        rows.push({ path, base, left, right });
      }
    }
    const problems = sides.flatMap((side) => this.#scans[side].problems);
    return { rows, forgotten, problems };
  }

  /** Every path to speak about; the base entry where it is at hand. */
  #paths(): Map<string, BaseEntry | null> {
    const paths = new Map<string, BaseEntry | null>();
    for (const side of sides) {
      for (const path of this.#scans[side].seen.keys()) paths.set(path, null);
    }
    const baseline = this.#baseline;
    if (baseline === null) return paths;
    for (const side of sides) {
      for (const [top, { state }] of this.#coversOn(side)) {
        if (state !== 'absent' && state !== 'ignored' && state !== 'present') continue;
        for (const { path, entry } of pathsBelow(baseline, top, this.#names ?? undefined)) {
          paths.set(path, baseEntryAt(baseline, entry));
        }
      }
    }
    return paths;
  }

  #base(path: string): BaseEntry | null {
    if (this.#baseline === null || this.#names === null) return null;
    return lookup(this.#baseline, path, this.#names);
  }

  #observe(side: Side, path: string, base: BaseEntry | null): Seen {
    const own = this.#scans[side].seen.get(path);
    if (own !== undefined) return own;
    const cover = this.#coverOf(side, path);
    if (cover?.state === 'unknown' || cover?.state === 'ignored') return cover;
    if (cover !== null) return absent;
    return base === null ? absent : same;
  }

  #coversOn(side: Side): ReadonlyMap<string, Seen> {
    this.#covers[side] ??= coversOf(this.#scans[side]);
    return this.#covers[side];
  }

  /** What a scan said about the nearest folder above at which it stopped. */
  #coverOf(side: Side, path: string): Seen | null {
    const covers = this.#coversOn(side);
    if (covers.size === 0) return null;
    for (let cut = path.lastIndexOf('/'); cut !== -1; cut = path.lastIndexOf('/', cut - 1)) {
      const cover = covers.get(path.slice(0, cut));
      if (cover !== undefined) return cover;
    }
    return covers.get('') ?? null;
  }

  /** New on one side, and left out by the rules the other side has. */
  #leftOut(path: string, left: Seen, right: Seen): boolean {
    const entry = entryOf(left) ?? entryOf(right);
    return entry !== null && this.#ignores(path, entry.kind === 'folder');
  }
}

function entryOf(seen: Seen): Entry | null {
  return seen.state === 'present' ? seen.entry : null;
}

/** Paths below which a scan did not go: all but folders that are present. */
function coversOf({ seen }: ScanResult): Map<string, Seen> {
  const covers = new Map<string, Seen>();
  for (const [path, what] of seen) {
    if (what.state !== 'present' || what.entry.kind !== 'folder') covers.set(path, what);
  }
  return covers;
}
