// How much of the past stays. Open conflicts, open plans and running sessions stay whatever is said
// here: that is the store's promise.
import { type HistoryLimits, plainHistory } from '../../model/terms.ts';

const dayMs = 86_400_000;

/** The limits of one pruning at that moment. */
export function retentionLimits(
  now: number,
  { days, sessions }: HistoryLimits = plainHistory,
): { before: number; sessionsPerPartnership: number } {
  return {
    before: now - Math.min(Math.max(days, 1), 36_500) * dayMs,
    sessionsPerPartnership: Math.max(Math.floor(sessions), 1),
  };
}
