// One run of one partnership for one request, and what came of it.
import type { ErrorRecord } from './error.ts';
import type { FinalStatus, ItemId } from './item.ts';
import type { PartnershipId } from './partnership.ts';
import type { RequestId } from './request.ts';
import type { TriggerKind } from './trigger.ts';

export type SessionId = string;

/**
 * How a session ended. `succeeded`: every item did. `partial`: some did not, or problems remain.
 * `declined`: the handler said the trigger is not for it, or nothing was chosen. `planned`: a dry
 * run. `halted`: the plan was rejected or nobody may approve it now; it waits in the store.
 * `interrupted`: its process died.
 */
export const endings = [
  'succeeded',
  'partial',
  'failed',
  'stopped',
  'declined',
  'planned',
  'halted',
  'interrupted',
] as const;
export type Ending = (typeof endings)[number];

/** The phases of a session that has not ended. */
export const activePhases = [
  'opening',
  'choosing',
  'preparing',
  'prepared',
  'awaiting-approval',
  'synchronizing',
  'paused',
  'stopping',
] as const;

export type Phase = (typeof activePhases)[number] | Ending;

export function isEnding(phase: Phase): phase is Ending {
  return (endings as readonly Phase[]).includes(phase);
}

/** What one item came to. `finishedBeforeSkip`: a skip was accepted but came too late (S4). */
export interface ItemResult {
  readonly item: ItemId;
  readonly name: string;
  readonly status: FinalStatus;
  readonly error: ErrorRecord | null;
  readonly finishedBeforeSkip: boolean;
}

/** Totals a handler reports; the keys are its own, `create`, `update`, `delete`, `move` are usual. */
export interface Counts {
  readonly [sideAndKind: string]: number;
}

export interface SessionResult {
  readonly ending: Ending;
  readonly items: readonly ItemResult[];
  /** Changes carried out, keyed `side.kind` (`right.create`). */
  readonly counts: Counts;
  readonly bytes: number;
  readonly problems: number;
  readonly conflicts: number;
  readonly error: ErrorRecord | null;
}

export interface Session {
  readonly id: SessionId;
  readonly request: RequestId;
  readonly partnership: PartnershipId;
  readonly trigger: TriggerKind;
  readonly phase: Phase;
  /** Hash of the plan prepared, once there is one. */
  readonly plan: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly result: SessionResult | null;
}
