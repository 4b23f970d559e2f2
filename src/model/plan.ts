// What a session would do, stored and hashed before it does any of it. A person approves that plan;
// synchronize carries out that plan and nothing else.
import type { ItemId } from './item.ts';
import type { Json } from './json.ts';
import type { PartnershipId } from './partnership.ts';
import type { SessionId } from './session.ts';

/** SHA-256 over the changes, as 64 hexadecimal digits: the plan's name. */
export type PlanHash = string;

export const changeKinds = ['create', 'update', 'delete', 'move', 'metadata', 'other'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface PlanChange {
  readonly item: ItemId;
  /** Where it happens: `left`, `right`, or a word of the handler's. */
  readonly side: string;
  readonly kind: ChangeKind;
  /** Hostile text. */
  readonly path: string;
  /** For a move: where it was. */
  readonly from?: string;
  /** Bytes that would travel. */
  readonly bytes: number;
  /** The handler's own words for what it expects to find and wants to make; kept, never read. */
  readonly detail?: Json;
}

/** What a handler's prepare hands over. `changes` may be long: it is read once. */
export interface PlanDraft {
  readonly changes: Iterable<PlanChange>;
  /** Facts about each item for the guards. */
  readonly facts: readonly GuardFacts[];
}

/** What a guard looks at; per item, so that one item's halt is that item's. */
export interface GuardFacts {
  readonly item: ItemId;
  /** Entries known before, per side, for shares. */
  readonly known: { readonly [side: string]: number };
  /** Deletions planned per side; moves are not deletions. */
  readonly deletions: { readonly [side: string]: number };
  /** Overwrites planned per side. */
  readonly overwrites: { readonly [side: string]: number };
  /** What the handler itself found wrong with its ends: `root-emptied`, `baseline-lost` … */
  readonly alarms: readonly Alarm[];
  /** Overrides of the limits, from the partnership's settings. */
  readonly limits?: Partial<DeletionLimits>;
}

/** Both must be exceeded before the mass-delete guard halts (CF-05). */
export interface DeletionLimits {
  readonly count: number;
  /** 0 to 1. */
  readonly share: number;
}

/** More than 25 and more than a fifth. */
export const defaultDeletionLimits: DeletionLimits = { count: 25, share: 0.2 };

export interface Alarm {
  /** Stable word: the name of a guard. */
  readonly guard: string;
  readonly side: string | null;
  /** One sentence: what was found. */
  readonly text: string;
  /** Whether approval can lift it; a vanished root cannot be approved away. */
  readonly approvable: boolean;
}

/** A guard that fired over a plan. */
export interface Halt extends Alarm {
  readonly item: ItemId;
}

export type PlanState = 'open' | 'approved' | 'rejected' | 'carried-out' | 'outdated';

export interface PlanSummary {
  readonly hash: PlanHash;
  readonly session: SessionId;
  readonly partnership: PartnershipId;
  readonly createdAt: number;
  readonly state: PlanState;
  /** Number of changes by `side.kind`. */
  readonly counts: { readonly [sideAndKind: string]: number };
  readonly bytes: number;
  readonly halts: readonly Halt[];
}
