// The standing agreement: which handler, with which settings, when, and what it must not share.
import type { JsonObject } from './json.ts';
import type { Terms } from './terms.ts';
import type { TriggerKind } from './trigger.ts';

export type PartnershipId = string;

/** `guarded`: a person approves when a guard fired; `always`: every plan with a change waits. */
export type ApprovalRule = 'guarded' | 'always';

export interface Partnership {
  readonly id: PartnershipId;
  /** Unique, 1 to 128 characters; what a person types on the command line. */
  readonly name: string;
  /** The name under which the handler is registered. */
  readonly handler: string;
  readonly settings: JsonObject;
  readonly enabled: boolean;
  /** The automatic triggers it takes part in by itself, whatever the ticks of its items (A5). */
  readonly triggers: readonly TriggerKind[];
  /** How it takes part in them, and what holds it back. */
  readonly terms: Terms;
  /** Names of things that no two sessions may use at once: a disk, a link, an account. */
  readonly resources: readonly string[];
  readonly approve: ApprovalRule;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Made for one run from the command line; hidden from the list of what a person configured. */
  readonly adHoc: boolean;
}
