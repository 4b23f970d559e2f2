// Whether the computer is idle enough, and has not been made use of already.
import type { IdleTerms } from '../../model/terms.ts';

export interface Quiet {
  /** Null: unknown. */
  readonly idleMs: number | null;
  /** Per processor; null: unknown. */
  readonly load: number | null;
  readonly onBattery: boolean | null;
}

const loadMax = 0.7;

/** `firedAt`: when it last fired for this partnership; null: never. */
export function idleFires(
  { afterMs, repeatMs, onBattery }: IdleTerms,
  quiet: Quiet,
  now: number,
  firedAt: number | null,
): boolean {
  // Who cannot tell that nobody is there must not take it for granted.
  if (quiet.idleMs === null || quiet.idleMs < afterMs) return false;
  if (quiet.load !== null && quiet.load > loadMax) return false;
  if (quiet.onBattery === true && !onBattery) return false;
  if (firedAt === null || firedAt < now - quiet.idleMs) return true;
  return repeatMs !== null && now - firedAt >= repeatMs;
}
