// How the program ends, in one number. The meanings are rclone's where it has one (peers 4.2).
import type { ErrorRecord, RetryClass } from '../model/error.ts';
import type { Ending, SessionResult } from '../model/session.ts';

export const exitCodes = {
  ok: 0,
  'some-failed': 1,
  usage: 2,
  unreachable: 3,
  'needs-person': 4,
  temporary: 5,
  problems: 6,
  fatal: 7,
  'transfer-limit': 8,
  'nothing-to-do': 9,
  'time-limit': 10,
  interrupted: 130,
} as const;
export type Outcome = keyof typeof exitCodes;

const outcomeOfError: Record<RetryClass, Outcome> = {
  temporary: 'temporary',
  'needs-person': 'needs-person',
  auth: 'needs-person',
  quota: 'needs-person',
  fatal: 'fatal',
};

/** Codes with which a person asked for something that cannot be asked. */
const usageCodes = new Set([
  'usage',
  'handler-unknown',
  'partnership-unknown',
  'partnership-exists',
  'plan-unknown',
  'conflict-unknown',
  'not-found',
  'address-taken',
]);

export function outcomeOf(error: ErrorRecord): Outcome {
  if (error.code === 'manager-unreachable') return 'unreachable';
  if (usageCodes.has(error.code) || error.code.startsWith('configuration-')) return 'usage';
  return outcomeOfError[error.retry];
}

const failure = (result: SessionResult): Outcome => {
  const error = result.error ?? result.items.find((item) => item.error !== null)?.error;
  return error ? outcomeOfError[error.retry] : 'fatal';
};

const partial = (result: SessionResult): Outcome => {
  if (result.items.some((item) => item.status === 'failed')) return 'some-failed';
  return result.conflicts > 0 ? 'needs-person' : 'problems';
};

const outcomes: Record<Ending, (result: SessionResult) => Outcome> = {
  succeeded: (result) =>
    result.conflicts > 0 ? 'needs-person' : result.problems > 0 ? 'problems' : 'ok',
  partial,
  failed: failure,
  stopped: () => 'interrupted',
  declined: () => 'ok',
  planned: () => 'ok',
  halted: () => 'needs-person',
  interrupted: () => 'interrupted',
};

const failed: readonly Outcome[] = ['temporary', 'fatal', 'some-failed'];
/** Among several sessions the first of these that occurs speaks for all. */
const gravest: readonly Outcome[] = [
  'interrupted',
  'fatal',
  'some-failed',
  'temporary',
  'needs-person',
  'problems',
];

/** What the sessions of one request came to. */
export function outcomeOfSessions(
  results: readonly SessionResult[],
  errorOnNoChange = false,
): Outcome {
  const all = results.map((result) => outcomes[result.ending](result));
  const mixed = all.some((one) => failed.includes(one)) && all.some((one) => !failed.includes(one));
  if (mixed && !all.includes('interrupted')) return 'some-failed';
  const worst = gravest.find((one) => all.includes(one));
  if (worst !== undefined) return worst;
  return errorOnNoChange && results.every(changedNothing) ? 'nothing-to-do' : 'ok';
}

function changedNothing(result: SessionResult): boolean {
  return Object.values(result.counts).every((count) => count === 0);
}
