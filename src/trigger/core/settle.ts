// When a folder in which something changed is looked at: after it has been quiet for a while, and not
// later than a while after the first change, however busy it is.

export interface Unrest {
  readonly firstAt: number;
  readonly lastAt: number;
}

const patience = 10;
const patienceLeastMs = 30_000;

export const stir = (before: Unrest | null, now: number): Unrest => ({
  firstAt: before?.firstAt ?? now,
  lastAt: now,
});

export function settledAt({ firstAt, lastAt }: Unrest, settleMs: number): number {
  return Math.min(lastAt + settleMs, firstAt + Math.max(settleMs * patience, patienceLeastMs));
}
