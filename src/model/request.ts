// What a trigger puts in the queue. A request may concern many partnerships; each gets a session.
import type { ItemId } from './item.ts';
import type { PartnershipId } from './partnership.ts';
import type { TriggerKind } from './trigger.ts';

export type RequestId = string;

/** waiting → running → ended; `merged`: folded into one that was already waiting. */
export type RequestState = 'waiting' | 'running' | 'ended' | 'merged' | 'withdrawn';

export interface Request {
  readonly id: RequestId;
  readonly trigger: TriggerKind;
  /** The trigger permits asking the person something (mobsync A15). */
  readonly interactive: boolean;
  /** The connection it came with, or that is up; null: not known. Ticks may depend on it. */
  readonly connection: string | null;
  /** Null means every enabled partnership (UpdateAll). */
  readonly partnerships: readonly PartnershipId[] | null;
  /** Null means the ticked items: stored preference, else the item's default. */
  readonly items: readonly ItemId[] | null;
  /** Without it the request waits, once items are known, until somebody confirms the choice. */
  readonly startNow: boolean;
  readonly minimized: boolean;
  /** Opaque, at most 1 MiB, given back to the named handler only; never read, logged or compared. */
  readonly cookie: Uint8Array | null;
  /** Idempotency key: a second request with the same key is the first one. */
  readonly key: string | null;
  /** Run prepare, store the plan, and end there (dry run). */
  readonly planOnly: boolean;
  /** Carry out this approved plan and nothing else. */
  readonly approvedPlan: string | null;
  readonly state: RequestState;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Id of the request that this one was folded into. */
  readonly mergedInto: RequestId | null;
}

const own = 'syncmgr ';

/**
 * The key of the request for one slot: whoever notices the slot again makes the same request.
 *
 * @param joins It may be done together with one that waits already.
 */
export function slotKey(
  partnership: PartnershipId,
  schedule: string,
  slot: number,
  joins: boolean,
): string {
  return `${own}${joins ? 'slot' : 'own slot'} ${partnership} ${slot} ${schedule}`;
}

/** The key of the request that tries again after the failure of a session. */
export const retryKey = (session: string): string => `${own}retry ${session}`;

/** Whether a request of this key may be folded into another: only one that the manager made itself. */
export const keyJoins = (key: string | null): boolean =>
  key === null || key.startsWith(`${own}slot `) || key.startsWith(`${own}retry `);
