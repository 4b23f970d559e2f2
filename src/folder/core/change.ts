// What happened to one path on one side since the baseline, and when two contents count as the same.
//
// Times are compared with the side's own former time, never across sides: clocks may differ (I23),
// and a coarse disk rounds what it is given without that being a change (I24).
import {
  type BaseEntry,
  type Content,
  type Entry,
  type FileContent,
  type Observation,
  otherSide,
  type Row,
  type Side,
} from './entry.ts';
import type { Abilities } from './plan.ts';
import { ownWindowMs } from './signature.ts';

/** `touched`: only the time. `mode`: the permissions, perhaps the time too. `edited`: all else. */
export type Change = 'none' | 'new' | 'gone' | 'touched' | 'mode' | 'edited';

export type BothAbilities = Readonly<Record<Side, Abilities>>;

/** Whether the disk takes two spellings for one name. */
export function foldsNames({ caseSensitive, normalizationSensitive }: Abilities): boolean {
  return !caseSensitive || !normalizationSensitive;
}

/** The entry on a side, or null where it is proven absent or unknown. */
export function entryOn(row: Row, side: Side): Entry | null {
  const seen: Observation = row[side];
  if (seen.state === 'present') return seen.entry;
  return seen.state === 'same' && row.base !== null ? entryOf(row.base, side) : null;
}

/** What the baseline says one side holds. */
export function entryOf(base: BaseEntry, side: Side): Entry {
  return { ...base.content, signature: base[side] };
}

/** A row after moves were followed. */
export interface PlacedRow extends Row {
  /** Where the baseline has it, if that is another path. */
  readonly basePath?: string;
}

export function changeOf(row: PlacedRow, side: Side, abilities: BothAbilities): Change {
  const seen = row[side];
  if (seen.state === 'same' || seen.state === 'unknown') return 'none';
  if (row.base === null) return seen.state === 'present' ? 'new' : 'none';
  if (seen.state === 'absent') return 'gone';
  const change = changeBetween(
    row.base,
    baseDigest(row, side, abilities),
    seen.entry,
    side,
    abilities[side],
  );
  return change === 'none' && isUnproven(row, side, abilities) ? 'edited' : change;
}

/** The agreed digest, also as read from the other side while nothing says that side changed. */
function baseDigest(row: PlacedRow, side: Side, abilities: BothAbilities): string | null {
  const content = row.base?.content;
  if (content?.kind !== 'file') return null;
  if (content.digest !== null) return content.digest;
  const other = otherSide[side];
  const seen = row[other];
  if (seen.state !== 'present' || seen.entry.kind !== 'file') return null;
  const was = row.base?.[other];
  const { mtimeMs, inode } = seen.entry.signature;
  const still = seen.entry.size === content.size && mtimeMs === was?.mtimeMs && inode === was.inode;
  return still && !isRestamped(row, other, abilities[other]) ? seen.entry.digest : null;
}

/**
 * The change time moved and nothing else: a link more or less, or an edit by a program that puts the
 * time back. Only the bytes can tell; until they do it is an edit. Moving a file moves it too. The same
 * where the former time was too young, and one step of this disk's clock is long enough to hide an edit
 * in (MT-4).
 */
export function isRestamped(row: PlacedRow, side: Side, abilities: Abilities): boolean {
  const seen = row[side];
  const was = row.base?.[side];
  if (seen.state !== 'present' || seen.entry.kind !== 'file' || was === undefined) return false;
  const hides = was.racy === true && abilities.timeStepMs > ownWindowMs;
  if (row.basePath !== undefined && row.basePath !== row.path) return hides;
  const { content } = row.base as BaseEntry;
  const sameMode =
    !abilities.modes || (content.kind === 'file' && content.mode === seen.entry.mode);
  const stamped = hides || seen.entry.signature.ctimeMs !== was.ctimeMs;
  return sameMode && seen.entry.size > 0 && stamped;
}

function isUnproven(row: PlacedRow, side: Side, abilities: BothAbilities): boolean {
  if (!isRestamped(row, side, abilities[side])) return false;
  const entry = entryOn(row, side);
  return (
    entry?.kind === 'file' && (entry.digest === null || baseDigest(row, side, abilities) === null)
  );
}

function changeBetween(
  base: BaseEntry,
  digest: string | null,
  now: Entry,
  side: Side,
  abilities: Abilities,
): Change {
  const was = base.content;
  if (was.kind === 'link' || now.kind === 'link') {
    return now.kind === 'link' && was.kind === 'link' && was.target === now.target
      ? 'none'
      : 'edited';
  }
  if (was.kind !== now.kind) return 'edited';
  const modeChanged = abilities.modes && was.mode !== now.mode;
  if (was.kind === 'folder' || now.kind === 'folder') return modeChanged ? 'mode' : 'none';
  const timeChanged = !within(now.mtimeMs, base[side].mtimeMs, abilities.timeStepMs);
  if (was.size !== now.size) return 'edited';
  // Another file with the size and time of the former: archives give many files one time.
  const isOther = now.signature.inode !== base[side].inode;
  const known = now.size === 0 || (digest !== null && now.digest !== null);
  const differs = known ? now.size > 0 && digest !== now.digest : timeChanged || isOther;
  if (differs) return 'edited';
  if (modeChanged) return 'mode';
  return timeChanged ? 'touched' : 'none';
}

export function within(a: number, b: number, step: number): boolean {
  return a === b || Math.abs(a - b) < step;
}

/** Whether two files hold the same bytes for certain: size and time alone prove nothing. */
function sameBytes(a: FileContent, b: FileContent): boolean {
  return a.size === b.size && (a.size === 0 || (a.digest !== null && a.digest === b.digest));
}

/** Same kind and same bytes or target; modes and times aside. */
export function sameContent(a: Content, b: Content): boolean {
  if (a.kind === 'file') return b.kind === 'file' && sameBytes(a, b);
  if (a.kind === 'link') return b.kind === 'link' && a.target === b.target;
  return b.kind === 'folder';
}

export function contentOf(entry: Entry): Content {
  if (entry.kind === 'file') {
    const { size, mtimeMs, mode, digest } = entry;
    return { kind: 'file', size, mtimeMs, mode, digest };
  }
  if (entry.kind === 'folder') return { kind: 'folder', mode: entry.mode };
  return { kind: 'link', target: entry.target };
}

/** Whether the entry's own content is just this. */
export function isContentOf(content: Content, entry: Entry): boolean {
  if (content.kind === 'file') return entry.kind === 'file' && sameFile(content, entry);
  if (content.kind === 'link') return entry.kind === 'link' && content.target === entry.target;
  return entry.kind === 'folder' && content.mode === entry.mode;
}

function sameFile(one: FileContent, other: FileContent): boolean {
  return (
    one.size === other.size &&
    one.mtimeMs === other.mtimeMs &&
    one.mode === other.mode &&
    one.digest === other.digest
  );
}
