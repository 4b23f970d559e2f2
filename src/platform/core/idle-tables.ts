// How long nobody has done anything, from what several witnesses say.

export interface Witness {
  /** Milliseconds; null: it does not know. */
  readonly idleMs: number | null;
  /** It only tells that somebody is there or not, and when that began: less sure than a number. */
  readonly isHint: boolean;
}

/**
 * Whoever saw somebody last is right; a hint that nobody is there counts only where no witness has
 * a number. Null: nobody knows.
 */
export function idleOf(witnesses: readonly Witness[]): number | null {
  const numbers = (wanted: boolean) =>
    witnesses.flatMap(({ idleMs, isHint }) =>
      idleMs !== null && isHint === wanted ? [idleMs] : [],
    );
  const sure = numbers(false);
  const known = sure.length > 0 ? sure : numbers(true);
  return known.length === 0 ? null : Math.max(0, Math.min(...known));
}

/** `ioreg -c IOHIDSystem` of macOS: nanoseconds. */
export function idleOfRegistry(text: string): number | null {
  const nanos = /"HIDIdleTime" = (\d+)/.exec(text)?.[1];
  return nanos === undefined ? null : Number(nanos) / 1e6;
}

/** One number and nothing else, or null. */
export function numberIn(text: string | null): number | null {
  return /^\s*\d+\s*$/.test(text ?? '') ? Number(text) : null;
}
