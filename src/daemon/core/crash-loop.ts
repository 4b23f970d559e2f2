// Whether a manager that starts should dare to run things by itself. One that died again and again,
// shortly after each start, is most likely killed by what it runs (CR-15): it comes up without, so
// that a person can see what is wrong.

export interface Start {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `running` still stands there at the next start only if the process died. */
  readonly end: 'running' | 'clean' | 'crashed';
  /** What was heard last, if it could still say so. */
  readonly cause: string | null;
}

const windowMs = 10 * 60_000;
const crashesMax = 5;
const keptMax = 20;

/** Null: all is well. Otherwise one sentence that says what happened. */
export function safeModeCause(starts: readonly Start[], now: number): string | null {
  const crashes = recentCrashes(starts, now);
  if (crashes.length < crashesMax) return null;
  const cause = crashes.findLast((one) => one.cause !== null)?.cause ?? 'it left no word';
  return `It ended ${crashes.length} times in ten minutes without being asked to. Last heard: ${cause}`;
}

/** A clean end in between is a new beginning. */
function recentCrashes(starts: readonly Start[], now: number): readonly Start[] {
  const clean = starts.findLastIndex(({ end }) => end === 'clean');
  return starts.slice(clean + 1).filter(({ at }) => at > now - windowMs && at <= now);
}

export function begun(starts: readonly Start[], now: number): readonly Start[] {
  return [...starts, { at: now, end: 'running' as const, cause: null }].slice(-keptMax);
}

export function ended(
  starts: readonly Start[],
  end: 'clean' | 'crashed',
  cause: string | null,
): readonly Start[] {
  return starts.map((one, at) => (at === starts.length - 1 ? { ...one, end, cause } : one));
}
