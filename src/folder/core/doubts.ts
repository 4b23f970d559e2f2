// Which files have to be read before reconcile can decide exactly. The caller computes their digests
// and puts them into the rows; where a row says `same`, as an entry that is present.
//
// A file that only one side touched is read while it is small. Above the limit it is taken as edited:
// carrying it over compares blocks anyway, so reading it first would read it twice.
import { changeOf, coarseStepMs, entryOn, within } from './change.ts';
import { type Entry, type FileContent, otherSide, type Row, type Side, sides } from './entry.ts';
import type { ReconcileInput } from './plan.ts';

export interface Doubt {
  readonly side: Side;
  readonly path: string;
}

export const largeBytes = 4 * 1024 * 1024;

export function doubts(input: ReconcileInput): readonly Doubt[] {
  const found: Doubt[] = [];
  for (const row of input.rows) {
    for (const side of doubtsAt(row, input)) {
      const entry = entryOn(row, side);
      if (entry?.kind === 'file' && entry.digest === null && entry.size > 0) {
        found.push({ side, path: row.path });
      }
    }
  }
  return found;
}

function doubtsAt(row: Row, input: ReconcileInput): readonly Side[] {
  const left = entryOn(row, 'left');
  const right = entryOn(row, 'right');
  const base = input.baselineTrusted ? row.base?.content : undefined;
  if (base?.kind !== 'file') return newInDoubt(left, right, input) ? sides : [];
  const touched = sides.filter((side) => isTouched(row, side, base, input));
  const [first, second] = touched;
  // One program may have written both within one tick: equal times prove nothing here (I10).
  if (first === undefined) return bothEdited(row, input) && sameSize(left, right) ? sides : [];
  if (second !== undefined) return sides;
  if (base.digest !== null) return [first];
  // The other side still has the agreed bytes, or nobody has.
  const other = otherSide[first];
  const still = changeOf(row, other, input.abilities);
  if (still === 'gone') return [];
  return base.size <= largeBytes || still === 'edited' ? sides : [];
}

function bothEdited(row: Row, { abilities }: ReconcileInput): boolean {
  return sides.every((side) => changeOf(row, side, abilities) === 'edited');
}

/**
 * A first run meets thousands of files that are there twice, and believes size and time as any copier
 * does. Later a path that is new on both sides is rare, and equal times prove nothing.
 */
function newInDoubt(left: Entry | null, right: Entry | null, input: ReconcileInput): boolean {
  return input.baselineTrusted ? sameSize(left, right) : pairInDoubt(left, right, input);
}

/** Same size, and the times cannot tell. */
function pairInDoubt(left: Entry | null, right: Entry | null, input: ReconcileInput): boolean {
  if (left?.kind !== 'file' || right?.kind !== 'file' || !sameSize(left, right)) return false;
  const step = stepOf(input);
  return step >= coarseStepMs || !within(left.mtimeMs, right.mtimeMs, step);
}

function sameSize(left: Entry | null, right: Entry | null): boolean {
  return left?.kind === 'file' && right?.kind === 'file' && left.size === right.size;
}

function stepOf({ abilities }: ReconcileInput): number {
  return Math.max(abilities.left.timeStepMs, abilities.right.timeStepMs);
}

/** The agreed size, but another time, or a time that proves nothing. */
function isTouched(row: Row, side: Side, base: FileContent, input: ReconcileInput): boolean {
  const seen = row[side];
  if (seen.state !== 'present' || seen.entry.kind !== 'file') return false;
  const was = row.base?.[side];
  if (seen.entry.size !== base.size || was === undefined) return false;
  const retimed = !within(seen.entry.mtimeMs, was.mtimeMs, input.abilities[side].timeStepMs);
  return retimed || was.racy === true || seen.entry.signature.inode !== was.inode;
}
