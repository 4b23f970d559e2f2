// How fresh a partnership is. What counts is the last success, never the last attempt: something that
// fails every five minutes is eleven days old.
import type { Freshness } from '../../model/hold.ts';
import type { Standing } from '../../model/standing.ts';

export interface FreshnessFacts {
  readonly createdAt: number;
  readonly freshWithinMs: number | null;
  readonly nextRunAt: number | null;
}

const missedRunsMax = 2;

export function freshness(standing: Standing, facts: FreshnessFacts, now: number): Freshness {
  const { partnership, lastAttemptAt, lastSuccessAt, lastChangeAt, missedRuns } = standing;
  const { freshWithinMs, nextRunAt } = facts;
  return {
    partnership,
    lastAttemptAt,
    lastSuccessAt,
    lastChangeAt,
    nextRunAt,
    missedRuns,
    freshWithinMs,
    staleSince: staleSince(standing, facts, now),
  };
}

/** With a limit, since it passed; without one, two runs missed in a row are too many. */
function staleSince(
  { lastSuccessAt, missedRuns, failingSince, lastAttemptAt }: Standing,
  { createdAt, freshWithinMs }: FreshnessFacts,
  now: number,
): number | null {
  const limit = (lastSuccessAt ?? createdAt) + (freshWithinMs ?? Number.POSITIVE_INFINITY);
  if (now >= limit) return limit;
  if (missedRuns < missedRunsMax) return null;
  return failingSince ?? lastAttemptAt ?? now;
}
