// What no rule could decide. One inbox over all handlers; each resolution can be undone.
import type { ItemId } from './item.ts';
import type { Json } from './json.ts';
import type { PartnershipId } from './partnership.ts';
import type { SessionId } from './session.ts';

export type ConflictId = string;

/** One of the versions in dispute. `present: false` is a deletion. */
export interface ConflictVersion {
  readonly side: string;
  readonly present: boolean;
  /** `file`, `directory`, `link`, or a word of the handler's. */
  readonly kind: string;
  readonly size: number | null;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number | null;
  readonly digest: string | null;
  /** Where a program can read it now, or null. */
  readonly location: string | null;
}

export type Resolution =
  | { readonly choice: 'keep'; readonly side: string }
  | { readonly choice: 'keep-both' }
  | { readonly choice: 'keep-newest' }
  | { readonly choice: 'keep-largest' }
  | { readonly choice: 'merged'; readonly contentFile: string };

export type ConflictState = 'open' | 'resolved' | 'gone';

export interface Conflict {
  readonly id: ConflictId;
  readonly partnership: PartnershipId;
  readonly item: ItemId;
  /** Session that saw it first. */
  readonly session: SessionId;
  /** The path or other name within the item; with partnership and item it is unique while open. */
  readonly subject: string;
  /** `edit-edit`, `place`, `type`, or a word of the handler's. */
  readonly kind: string;
  readonly versions: readonly ConflictVersion[];
  readonly state: ConflictState;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly resolution: Resolution | null;
  /** What the handler needs to take the resolution back; null when it cannot be. */
  readonly undo: Json;
  /** Raised by every change; a stale write is refused (CC-06). */
  readonly version: number;
}

/** What a rule decided already, and what the handler needs to take it back; null when it cannot. */
export interface Settled {
  readonly resolution: Resolution;
  readonly undo: Json;
}

export interface ConflictDraft
  extends Pick<Conflict, 'partnership' | 'item' | 'session' | 'subject' | 'kind' | 'versions'> {
  /** Nobody is to decide any more: it stands in the inbox for the record, and for its undo. */
  readonly settled?: Settled;
}
