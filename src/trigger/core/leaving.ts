// What is still done before the computer sleeps or goes down: the smallest first, as far as the time
// reaches.
import type { PartnershipId } from '../../model/partnership.ts';

export interface Leaver {
  readonly partnership: PartnershipId;
  /** How long it last took; null: it never ran. */
  readonly lastMs: number | null;
}

/** Those of unknown length come last. */
export function inOrder(leavers: readonly Leaver[]): readonly Leaver[] {
  return leavers.toSorted((one, other) => lengthOf(one) - lengthOf(other));
}

/** Whether it is worth beginning. One of unknown length is tried while there is time at all. */
export function fits({ lastMs }: Leaver, leftMs: number): boolean {
  return leftMs > 0 && (lastMs === null || lastMs <= leftMs);
}

const lengthOf = ({ lastMs }: Leaver) => lastMs ?? Number.MAX_SAFE_INTEGER;
