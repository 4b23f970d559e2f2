// Which files have to be read before reconcile can decide exactly. The caller computes their digests
// and puts them into the rows; where a row says `same`, as an entry that is present.
//
// A file that only one side touched is read while it is small. Above the limit, with another time, it
// is taken as edited: carrying it over compares blocks anyway, so reading it first would read it
// twice. Where the times say nothing most files turn out to be as they were, and all are read.
import { changeOf, entryOn, isRestamped, within } from './change.ts';
import { type Entry, type FileContent, otherSide, type Row, type Side, sides } from './entry.ts';
import type { PlanningInput } from './plan.ts';

export interface Doubt {
  readonly side: Side;
  readonly path: string;
}

export const largeBytes = 4 * 1024 * 1024;

export function doubts(input: PlanningInput): readonly Doubt[] {
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

function doubtsAt(row: Row, input: PlanningInput): readonly Side[] {
  const left = entryOn(row, 'left');
  const right = entryOn(row, 'right');
  const base = input.baselineTrusted ? row.base?.content : undefined;
  // Equal sizes and times prove nothing: one program may write two files within one tick, and a
  // wrong guess would let the next edit of one replace the other (I10).
  if (base?.kind !== 'file') return sameSize(left, right) ? sides : [];
  const touched = sides.filter((side) => isTouched(row, side, base, input));
  const [first, second] = touched;
  if (first === undefined) return bothEdited(row, input) && sameSize(left, right) ? sides : [];
  if (second !== undefined) return sides;
  if (base.digest !== null) return [first];
  // The other side still has the agreed bytes, or nobody has.
  const other = otherSide[first];
  const still = changeOf(row, other, input.abilities);
  if (still === 'gone') return [];
  // Two sizes are two contents, and what was agreed on cannot be read any more.
  if (still === 'edited' && !sameSize(left, right)) return [];
  const worthReading = base.size <= largeBytes || !isRetimed(row, first, input);
  return worthReading || still === 'edited' ? sides : [];
}

function bothEdited(row: Row, { abilities }: PlanningInput): boolean {
  return sides.every((side) => changeOf(row, side, abilities) === 'edited');
}

function sameSize(left: Entry | null, right: Entry | null): boolean {
  return left?.kind === 'file' && right?.kind === 'file' && left.size === right.size;
}

/** The agreed size, but other times, or times that prove nothing. */
function isTouched(row: Row, side: Side, base: FileContent, input: PlanningInput): boolean {
  const seen = row[side];
  if (seen.state !== 'present' || seen.entry.kind !== 'file') return false;
  const was = row.base?.[side];
  if (seen.entry.size !== base.size || was === undefined) return false;
  if (was.racy === true || isRetimed(row, side, input)) return true;
  return isRestamped(row, side, input.abilities[side]);
}

/** Another modification time, or another file. */
function isRetimed(row: Row, side: Side, { abilities }: PlanningInput): boolean {
  const entry = entryOn(row, side);
  const was = row.base?.[side];
  if (entry === null || was === undefined) return false;
  const { mtimeMs, inode } = entry.signature;
  return !within(mtimeMs, was.mtimeMs, abilities[side].timeStepMs) || inode !== was.inode;
}
