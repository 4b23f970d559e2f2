// Why something does not run now: every reason at once, not only the first, and when it is looked at
// again.
import type { PartnershipId } from './partnership.ts';
import type { RequestId } from './request.ts';
import type { TriggerKind } from './trigger.ts';

export type HoldKind =
  | 'disabled'
  | 'paused'
  | 'all-paused'
  | 'back-off'
  | 'condition'
  | 'handler-disabled'
  | 'awaiting-approval'
  | 'running'
  | 'queue'
  | 'follows'
  | 'going-down';

export interface Hold {
  readonly kind: HoldKind;
  /** One sentence for a person, with what would have to change. */
  readonly text: string;
  /** What was seen; null where nothing is looked at. */
  readonly observed: string | null;
  /** When it ends by itself, ms since 1970; null: not by itself, or nobody knows. */
  readonly until: number | null;
}

export interface Why {
  readonly partnership: PartnershipId;
  /** Empty: nothing holds it back. */
  readonly holds: readonly Hold[];
  /** Conditions that could not be judged; they hold nothing back. */
  readonly unsure: readonly Hold[];
  /** Requests that wait, oldest first. */
  readonly waiting: readonly { readonly request: RequestId; readonly trigger: TriggerKind }[];
  /** When what holds it back is looked at again at the latest; null: nothing waits. */
  readonly looksAgainAt: number | null;
  /** Its next slot; null: it has no schedule. */
  readonly nextRunAt: number | null;
}

/** How long ago something last went well, and whether that is too long. */
export interface Freshness {
  readonly partnership: PartnershipId;
  readonly lastAttemptAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastChangeAt: number | null;
  readonly nextRunAt: number | null;
  readonly missedRuns: number;
  readonly freshWithinMs: number | null;
  /** Null: fresh, or no limit is set. Since when it is not, ms since 1970. */
  readonly staleSince: number | null;
}
