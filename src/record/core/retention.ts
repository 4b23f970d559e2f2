// How much of the past stays. Open conflicts, open plans and running sessions stay whatever is said
// here: that is the store's promise.

export interface Retention {
  /** Days that ended sessions with their log and events stay; 1 to 36,500. */
  readonly days: number;
  /** Ended sessions that stay per partnership; at least 1. */
  readonly sessionsPerPartnership: number;
}

const defaultRetention: Retention = { days: 90, sessionsPerPartnership: 500 };

const dayMs = 86_400_000;

/** The limits of one pruning at that moment. */
export function retentionLimits(
  now: number,
  { days, sessionsPerPartnership }: Retention = defaultRetention,
): { before: number; sessionsPerPartnership: number } {
  return {
    before: now - Math.min(Math.max(days, 1), 36_500) * dayMs,
    sessionsPerPartnership: Math.max(Math.floor(sessionsPerPartnership), 1),
  };
}
