// Joins what both sides' scans say with the baseline: one row for each path at which a side is not as
// agreed. A scan says nothing about what lies below an absent or unknown folder; that is spelled out
// here, because an edit on the other side may be inside.

import { type Baseline, baseEntryAt, findEntry, Names, pathsBelow } from './baseline.ts';
import { Column } from './column.ts';
import { type Entry, type Observation, type Problem, type Row, type Side, sides } from './entry.ts';
import { type List, MadeList } from './list.ts';
import { comparePaths } from './path.ts';
import type { ScanResult, Seen, SeenByPath } from './scan-result.ts';

export interface RowSet {
  /** Sorted by path, so that a folder stands before what is in it. */
  readonly rows: List<Row>;
  /** Known to the baseline and left out by the rules now: to be forgotten, and touched nowhere. */
  readonly forgotten: readonly string[];
  /** Of names that have no path; those of paths stand in the rows. */
  readonly problems: readonly Problem[];
}

type Scans = Readonly<Record<Side, ScanResult>>;

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
    const { left, right } = this.#scans;
    const rows = new Rows(this.#baseline, { left: left.seen, right: right.seen });
    const forgotten: string[] = [];
    const known = this.#knownBelow();
    for (const path of this.#paths(known).sort(comparePaths)) {
      const entry = known.get(path) ?? this.#entryAt(path);
      const said = { left: this.#say('left', path, entry), right: this.#say('right', path, entry) };
      if (!this.#isLeftOut(path, said)) rows.push(path, entry, said);
      else if (entry !== none) forgotten.push(path);
    }
    return { rows, forgotten, problems: [...left.problems, ...right.problems] };
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

  #say(side: Side, path: string, entry: number): Said {
    const { seen } = this.#scans[side];
    const own = seen.indexOf(path);
    if (own !== -1) return { seen: seen.at(own), at: own };
    const at = coverOf(seen, path);
    const cover = at === -1 ? null : seen.at(at);
    if (cover?.state === 'unknown' || cover?.state === 'ignored') return { seen: cover, at };
    return cover === null && entry !== none ? saidSame : saidAbsent;
  }

  /** By its own side; or new on one side, and left out by the rules the other side has. */
  #isLeftOut(path: string, { left, right }: BothSaid): boolean {
    if (left.seen.state === 'ignored' || right.seen.state === 'ignored') return true;
    const entry = entryOf(left.seen) ?? entryOf(right.seen);
    return entry !== null && this.#ignores(path, entry.kind === 'folder');
  }
}

/** What a side says of a path, and where in its scan that stands, of the path or of a folder above. */
interface Said {
  readonly seen: Seen;
  readonly at: number;
}

type BothSaid = Readonly<Record<Side, Said>>;

const same: Observation = { state: 'same' };
const absent: Observation = { state: 'absent' };
/** Of these no scan speaks. */
const saidAbsent: Said = { seen: absent, at: -1 };
const saidSame: Said = { seen: same, at: -2 };

/** Made whenever somebody looks: of a large tree the paths are kept, and where the rest of it stands. */
class Rows extends MadeList<Row> {
  readonly #baseline: Baseline | null;
  readonly #seen: Readonly<Record<Side, SeenByPath>>;
  readonly #paths: string[] = [];
  readonly #entries = new Column(Int32Array);
  readonly #said = { left: new Column(Int32Array), right: new Column(Int32Array) };

  constructor(baseline: Baseline | null, seen: Readonly<Record<Side, SeenByPath>>) {
    super();
    this.#baseline = baseline;
    this.#seen = seen;
  }

  push(path: string, entry: number, said: BothSaid): void {
    this.#paths.push(path);
    this.#entries.push(entry);
    for (const side of sides) this.#said[side].push(said[side].at);
  }

  override get length(): number {
    return this.#paths.length;
  }

  protected override make(index: number): Row {
    const path = this.#paths[index] ?? '';
    const entry = this.#entries.at(index);
    const baseline = this.#baseline;
    const base = baseline === null || entry === none ? null : baseEntryAt(baseline, entry);
    const left = this.#observed('left', index);
    return { path, base, left, right: this.#observed('right', index) };
  }

  #observed(side: Side, index: number): Observation {
    const at = this.#said[side].at(index);
    if (at >= 0) return this.#seen[side].at(at) as Observation;
    return at === saidSame.at ? same : absent;
  }
}

/** Where a scan speaks of the nearest folder above at which it stopped; -1: it stopped at none. */
function coverOf(seen: SeenByPath, path: string): number {
  if (seen.size === 0) return -1;
  for (let cut = path.lastIndexOf('/'); cut !== -1; cut = path.lastIndexOf('/', cut - 1)) {
    const above = seen.indexOf(path.slice(0, cut));
    if (above !== -1 && !isFolder(seen.at(above))) return above;
  }
  const root = seen.indexOf('');
  return root === -1 || isFolder(seen.at(root)) ? -1 : root;
}

/** Where a scan went on. */
function isFolder(seen: Seen): boolean {
  return seen.state === 'present' && seen.entry.kind === 'folder';
}

function entryOf(seen: Seen): Entry | null {
  return seen.state === 'present' ? seen.entry : null;
}
