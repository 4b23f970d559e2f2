// A move as recognised, and where it takes a path.
import type { Entry, Row, Side } from './entry.ts';
import { nearest } from './path.ts';
import type { PathConflict } from './plan.ts';

export interface FoundMove {
  /** The side a person moved it on. */
  readonly side: Side;
  /** Where the baseline has it. */
  readonly from: string;
  readonly to: string;
  /** Where the other side has it now: `from`, unless it was moved there too and `side` wins. */
  readonly at: string;
  /** Both sides moved it there: only the baseline follows. */
  readonly agreed: boolean;
}

export interface Moves {
  readonly found: readonly FoundMove[];
  /** Moved to different places on both sides, and no rule says which. */
  readonly disputes: readonly PathConflict[];
}

export interface Candidate {
  readonly from: Row;
  readonly to: Row;
  /** The entry at the new place. */
  readonly entry: Entry;
  /** Same bytes, by size and time; else it was edited too. */
  readonly exact: boolean;
}

export type Candidates = Readonly<Record<Side, ReadonlyMap<string, Candidate>>>;

/** By where they begin. */
export type MoveMap = ReadonlyMap<string, FoundMove>;

/** Where a path is after the moves: the nearest one at or above it takes it along. */
export function followed(path: string, moves: MoveMap): string {
  const source = nearest(path, moves);
  return source === null ? path : (moves.get(source)?.to ?? '') + path.slice(source.length);
}
