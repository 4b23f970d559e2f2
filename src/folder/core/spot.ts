// A row made ready to decide: both sides' entries, what changed, and the first verdict.
import { type BothAbilities, type Change, changeOf, entryOn } from './change.ts';
import { decide, type Verdict } from './decide.ts';
import type { BaseEntry, Entry, Row } from './entry.ts';
import type { Mode, ReconcileInput } from './plan.ts';

export interface Spot {
  readonly path: string;
  readonly base: BaseEntry | null;
  readonly left: Entry | null;
  readonly right: Entry | null;
  readonly leftChange: Change;
  readonly rightChange: Change;
  /** Unknown on a side, here or above: nothing may be decided (I13). */
  readonly blocked: boolean;
  /** Both sides are untouched by signature: not even an agreement is due. */
  readonly untouched: boolean;
  verdict: Verdict | 'type-conflict';
}

/** `''` for a name at the root; null for the root itself. */
export function parentOf(path: string): string | null {
  if (path === '') return null;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function spotOf(row: Row, mode: Mode, abilities: BothAbilities, blocked: boolean): Spot {
  const leftChange = changeOf(row, 'left', abilities);
  const rightChange = changeOf(row, 'right', abilities);
  return {
    path: row.path,
    base: row.base,
    left: entryOn(row, 'left'),
    right: entryOn(row, 'right'),
    leftChange,
    rightChange,
    blocked,
    untouched: row.left.state !== 'present' && row.right.state !== 'present',
    verdict: blocked ? 'leave' : decide(mode, leftChange, rightChange),
  };
}

/** Without a trusted baseline every row is as if it had never been agreed on (I21, I22). */
export function distrust(row: Row): Row {
  const seen = (side: 'left' | 'right') => {
    const state = row[side];
    if (state.state !== 'same') return state;
    const entry = entryOn(row, side);
    return entry === null ? ({ state: 'absent' } as const) : ({ state: 'present', entry } as const);
  };
  return { path: row.path, base: null, left: seen('left'), right: seen('right') };
}

/** The paths that are unknown on a side, to be asked for whatever lies at or below them. */
export function unknownPaths(input: ReconcileInput): ReadonlySet<string> {
  const unknown = new Set<string>();
  for (const row of input.rows) {
    if (row.left.state === 'unknown' || row.right.state === 'unknown') unknown.add(row.path);
  }
  return unknown;
}

/** Whether the path or a folder above it is in the set. */
export function isWithin(path: string, set: { has(path: string): boolean; size: number }): boolean {
  if (set.size === 0) return false;
  for (let at: string | null = path; at !== null; at = parentOf(at)) {
    if (set.has(at)) return true;
  }
  return false;
}
