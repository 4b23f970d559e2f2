// A row made ready to decide: both sides' entries, what changed, and the first verdict.

import { type Change, changeOf, entryOn, type PlacedRow } from './change.ts';
import { decide, type Verdict } from './decide.ts';
import { type BaseEntry, type Entry, type Row, type Side, sides } from './entry.ts';
import type { FoundMove } from './found-move.ts';
import { type List, MadeList } from './list.ts';
import type { PlanningInput } from './plan.ts';

/**
 * `type-conflict`: a folder on one side that must stay for what is in it, something else on the
 * other. `wait`: nothing is done at or below, for now.
 */
export type SpotVerdict = Verdict | 'type-conflict' | 'wait';

export interface Spot {
  readonly path: string;
  /** Where the baseline has it; another path than `path` if it was moved. */
  readonly basePath: string;
  readonly base: BaseEntry | null;
  readonly left: Entry | null;
  readonly right: Entry | null;
  readonly leftChange: Change;
  readonly rightChange: Change;
  /** Unknown on a side or held by a dispute, here or above: nothing may be decided (I13). */
  readonly blocked: boolean;
  /** No side was found other than the baseline says: not even an agreement is due. */
  readonly untouched: boolean;
  /** The move that ends here, if one does. */
  readonly move: FoundMove | null;
  verdict: SpotVerdict;
  /** Something below is unknown. */
  blockedBelow: boolean;
}

/** `move` is the one that ends there. */
export interface MovedRow extends PlacedRow {
  readonly move?: FoundMove;
}

function spotOf(
  row: MovedRow,
  { mode, abilities }: Pick<PlanningInput, 'mode' | 'abilities'>,
  blocked: boolean,
): Spot {
  const leftChange = changeOf(row, 'left', abilities);
  const rightChange = changeOf(row, 'right', abilities);
  return {
    path: row.path,
    basePath: row.basePath ?? row.path,
    base: row.base,
    left: entryOn(row, 'left'),
    right: entryOn(row, 'right'),
    leftChange,
    rightChange,
    blocked,
    untouched: row.left.state !== 'present' && row.right.state !== 'present',
    move: row.move ?? null,
    verdict: blocked ? 'leave' : decide(mode, leftChange, rightChange),
    blockedBelow: false,
  };
}

/** One for each row, made whenever somebody looks; those whose verdict was changed are kept. */
export class Spots extends MadeList<Spot> {
  readonly #rows: List<MovedRow>;
  readonly #input: Pick<PlanningInput, 'mode' | 'abilities'>;
  readonly #isBlocked: (path: string) => boolean;
  readonly #kept = new Map<number, Spot>();

  constructor(
    rows: List<MovedRow>,
    input: Pick<PlanningInput, 'mode' | 'abilities'>,
    isBlocked: (path: string) => boolean,
  ) {
    super();
    this.#rows = rows;
    this.#input = input;
    this.#isBlocked = isBlocked;
  }

  override get length(): number {
    return this.#rows.length;
  }

  keep(index: number, spot: Spot): void {
    this.#kept.set(index, spot);
  }

  protected override make(index: number): Spot {
    const kept = this.#kept.get(index);
    if (kept !== undefined) return kept;
    const row = this.#rows.at(index) as MovedRow;
    return spotOf(row, this.#input, this.#isBlocked(row.path));
  }
}

/** Without a trusted baseline every row is as if it had never been agreed on (I21, I22). */
export function distrusted(row: Row): Row {
  if (row.base === null && row.left.state !== 'same' && row.right.state !== 'same') return row;
  const seen = (side: Side): Row[Side] => {
    if (row[side].state !== 'same') return row[side];
    const entry = entryOn(row, side);
    return entry === null ? { state: 'absent' } : { state: 'present', entry };
  };
  return { path: row.path, base: null, left: seen('left'), right: seen('right') };
}

/** The paths that could not be seen on some side. */
export function unknownPaths(rows: List<Row>): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const row of rows) {
    if (sides.some((side) => row[side].state === 'unknown')) unknown.add(row.path);
  }
  return unknown;
}

/** What each side would hold here once the verdict is carried out. */
export function outcomeOn(spot: Spot, side: Side): Entry | null {
  switch (spot.verdict) {
    case 'right':
    case 'restore-right':
      return spot.left;
    case 'left':
    case 'restore-left':
      return spot.right;
    default:
      return spot[side];
  }
}
