// How a check can turn out: what was expected, what came instead, what to do about it.

export type Verdict =
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'failed';
      readonly expected: string;
      readonly found: string;
      /** Where that of the check does not fit. */
      readonly advice?: string;
    }
  /** It cannot be seen on this handler, or not with what there is to synchronize. */
  | { readonly outcome: 'unproven'; readonly reason: string };

export interface CheckResult {
  readonly name: string;
  readonly title: string;
  readonly outcome: Verdict['outcome'];
  readonly expected: string | null;
  readonly found: string | null;
  /** What to do, or why it could not be proven. */
  readonly advice: string | null;
  readonly durationMs: number;
}

export const passed: Verdict = { outcome: 'passed' };

export const failed = (expected: string, found: string): Verdict => ({
  outcome: 'failed',
  expected,
  found,
});

/** A call into the handler failed, so that what the check is about was not reached. */
export const callFailed = (found: string, advice = mendFirst): Verdict => ({
  outcome: 'failed',
  expected: 'an answer to every call',
  found,
  advice,
});

const mendFirst =
  'Mend this call first: an error in it ends the session, so the check got no further.';

export const unproven = (reason: string): Verdict => ({ outcome: 'unproven', reason });

/** Thrown where a check cannot go on, from however deep. */
export class Unproven extends Error {}

/** At most five of them, in quotes. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** What every check of a list came to: the first that failed speaks for it. */
export function first(...faults: readonly (Verdict | null)[]): Verdict {
  return faults.find((fault) => fault !== null) ?? passed;
}
