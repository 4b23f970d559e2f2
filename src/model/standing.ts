// Where a partnership stands between its runs: what must survive a restart so that no run is lost and
// none is made twice. Changed in the transaction of what it follows from.
import type { ErrorRecord } from './error.ts';
import type { PartnershipId } from './partnership.ts';
import type { Worry } from './terms.ts';
import type { TriggerKind } from './trigger.ts';

/** Instead of an id: what is true of all partnerships. */
export const everything = '*';

export interface Standing {
  readonly partnership: PartnershipId | typeof everything;
  /** The last slot settled of each schedule, by the words of the schedule; ms since 1970. */
  readonly slots: Readonly<Record<string, number>>;
  readonly pause: Pause | null;
  readonly backOff: BackOff | null;
  readonly lastAttemptAt: number | null;
  /** A session ended with everything as it should be. */
  readonly lastSuccessAt: number | null;
  /** A session found something to carry over. */
  readonly lastChangeAt: number | null;
  readonly lastDurationMs: number | null;
  /** Of the last session that came to an end of its own. */
  readonly lastError: ErrorRecord | null;
  /** A person is needed since then: a decision, a sign-in, room. */
  readonly needsPersonSince: number | null;
  readonly failingSince: number | null;
  /** Slots in a row that had no successful run. */
  readonly missedRuns: number;
  /** As it was said last. */
  readonly isStale: boolean;
  /** What the person was told last. */
  readonly told: Worry | null;
}

export interface Pause {
  /** Null: until it is taken back. */
  readonly until: number | null;
}

/** Only after temporary failures. */
export interface BackOff {
  readonly failures: number;
  /** Nothing starts by itself before, ms since 1970. */
  readonly until: number;
  readonly trigger: TriggerKind;
  /** The session that failed. */
  readonly session: string;
}

export const newStanding = (partnership: Standing['partnership']): Standing => ({
  partnership,
  slots: {},
  pause: null,
  backOff: null,
  lastAttemptAt: null,
  lastSuccessAt: null,
  lastChangeAt: null,
  lastDurationMs: null,
  lastError: null,
  needsPersonSince: null,
  failingSince: null,
  missedRuns: 0,
  isStale: false,
  told: null,
});
