// A signature says later, without reading, that nothing happened. It can only say so if the clock
// that stamps changes had moved on when it was taken: the rule of a racy index (reliability MT-4).
import type { Signature } from './entry.ts';

/** Two changes closer than this may bear the same time on some file system (FAT: two seconds). */
export const racyWindowMs = 2000;

/**
 * Two changes closer than this may bear the same time. Shorter than for what others wrote: here only
 * the step of the kernel's clock counts, since nobody else writes to our temporary files.
 */
export const ownWindowMs = 20;

interface Stamped {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

/** The signature of what was seen at `observedMs` by the wall clock. */
export function signatureOf(
  stat: Stamped,
  observedMs: number,
  windowMs: number = racyWindowMs,
): Signature {
  const { mtimeMs, ctimeMs, inode } = stat;
  return isRacy(stat, observedMs, windowMs)
    ? { mtimeMs, ctimeMs, inode, racy: true }
    : { mtimeMs, ctimeMs, inode };
}

/** A change time in the future is racy too: the clocks differ, nothing can be concluded. */
function isRacy(stat: Stamped, observedMs: number, windowMs: number): boolean {
  return !(stat.ctimeMs <= observedMs - windowMs);
}

export function sameSignature(one: Signature, other: Signature): boolean {
  return (
    one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.inode === other.inode
  );
}
