// Where a partnership stands after a session of it has ended.
import type { ErrorRecord } from '../../model/error.ts';
import type { Session, SessionResult } from '../../model/session.ts';
import type { BackOff, Standing } from '../../model/standing.ts';

export interface Ended {
  readonly session: Session;
  readonly result: SessionResult;
  readonly at: number;
  /** When it may be tried again, by the number of failures in a row; null: not by itself. */
  retryAt(failures: number): number | null;
}

export function afterSession(before: Standing, ended: Ended): Standing {
  const { session, result, at } = ended;
  const outcome = outcomeOf(result);
  // Whoever was not asked to do anything has neither succeeded nor failed.
  if (outcome === 'nothing') return before;
  const common: Standing = {
    ...before,
    lastAttemptAt: session.startedAt,
    lastChangeAt: isChange(result) ? at : before.lastChangeAt,
    lastError: result.error,
  };
  if (outcome === 'cut-short') return common;
  const lastDurationMs = Math.max(0, at - session.startedAt);
  if (outcome === 'success') {
    return {
      ...common,
      lastDurationMs,
      lastSuccessAt: at,
      backOff: null,
      needsPersonSince: null,
      failingSince: null,
      missedRuns: 0,
    };
  }
  const isPersons = outcome === 'needs-person';
  return {
    ...common,
    lastDurationMs,
    backOff: backOffAfter(before.backOff, ended),
    needsPersonSince: isPersons ? (before.needsPersonSince ?? at) : before.needsPersonSince,
    failingSince: isPersons ? before.failingSince : (before.failingSince ?? at),
    missedRuns: before.missedRuns + (session.trigger === 'schedule' ? 1 : 0),
  };
}

export type Outcome = 'success' | 'failure' | 'needs-person' | 'cut-short' | 'nothing';

/** Conflicts and single problems are shown where they are; they do not make a run a failed one. */
export function outcomeOf({ ending, error, items }: SessionResult): Outcome {
  switch (ending) {
    case 'succeeded':
      return 'success';
    case 'declined':
    case 'planned':
      return 'nothing';
    case 'stopped':
    case 'interrupted':
      return 'cut-short';
    case 'halted':
      return 'needs-person';
    default: {
      const errors = [error, ...items.map((item) => item.error)].filter((one) => one !== null);
      if (errors.length === 0) return ending === 'partial' ? 'success' : 'failure';
      return errors.every(isPersons) ? 'needs-person' : 'failure';
    }
  }
}

const isPersons = ({ retry }: ErrorRecord) => retry !== 'temporary' && retry !== 'fatal';

const isChange = ({ counts }: SessionResult) => Object.values(counts).some((count) => count > 0);

function backOffAfter(before: BackOff | null, ended: Ended): BackOff | null {
  const { session, result } = ended;
  const errors = [result.error, ...result.items.map((item) => item.error)];
  const passing = errors.filter((error) => error?.retry === 'temporary');
  // What only a person can help with is not tried again, whatever else went wrong beside it.
  if (passing.length === 0 || (result.error !== null && result.error.retry !== 'temporary')) {
    return null;
  }
  const failures = (before?.failures ?? 0) + 1;
  const notBefore = Math.max(0, ...passing.map((error) => error?.notBefore ?? 0));
  const until = ended.retryAt(failures);
  if (until === null) return null;
  // What is tried again is what started by itself; a person's own try in between does not end that.
  const isByHand = session.trigger === 'manual' || session.trigger === 'invoke';
  const trigger = isByHand ? (before?.trigger ?? session.trigger) : session.trigger;
  return { failures, until: Math.max(until, notBefore), trigger, session: session.id };
}
