// What reconcile answers: the whole of what shall happen, immutable.

import type { BaseEntry, Content, Entry, Problem, Row, Side } from './entry.ts';
import type { List } from './list.ts';

/**
 * One change on one side. It carries what it expects to find, and applying checks that first: the
 * plan may be stale by the time it runs.
 */
export type Transition = Creation | Replacement | Deletion | Move | MetadataChange;

/** Whether it makes a folder or takes one away. */
export function isOfFolder(transition: Transition): boolean {
  if (transition.kind === 'create') return transition.content.kind === 'folder';
  return transition.kind === 'delete' && transition.expected.kind === 'folder';
}

/** Bytes that may travel for it; for what holds no bytes, none. */
export function bytesOf(transition: Transition): number {
  if (transition.kind !== 'create' && transition.kind !== 'update') return 0;
  return transition.content.kind === 'file' ? transition.content.size : 0;
}

interface On {
  readonly side: Side;
  readonly path: string;
  /**
   * What is expected or read here was itself moved earlier in this plan, so its change time is no
   * longer the one that was scanned.
   */
  readonly moved?: true;
}

/** Nothing is expected at the path; `content` comes from the other side's `source`. */
export interface Creation extends On {
  readonly kind: 'create';
  readonly content: Content;
  /** The other side's entry at `from` that the bytes are read from, as it was scanned. */
  readonly source: Entry;
  readonly from: string;
}

/** `expected` goes to the trash, `content` takes its place; kinds may differ. */
export interface Replacement extends On {
  readonly kind: 'update';
  readonly expected: Entry;
  readonly content: Content;
  readonly source: Entry;
  readonly from: string;
}

/** To the trash; a folder only if nothing is left inside. */
export interface Deletion extends On {
  readonly kind: 'delete';
  readonly expected: Entry;
}

/** Same side, same bytes, other place; a folder takes all that is in it along. */
export interface Move extends On {
  readonly kind: 'move';
  readonly from: string;
  readonly expected: Entry;
  /**
   * What the baseline learns when this move, and its other half, succeeded: the entries at and below
   * `path`, and that the former paths are forgotten. The signature at `path` itself on `side` is the
   * one found after the move. Absent: nothing, as for a version that steps aside in a conflict.
   */
  readonly carries?: readonly Agreement[];
  /**
   * On both halves of a move that has to make room first: the reserved path it waits at, which is the
   * `path` of the first half and the `from` of the second. It lies in the trash of its side.
   */
  readonly via?: string;
}

/** Mode or time only; no byte travels. */
export interface MetadataChange extends On {
  readonly kind: 'metadata';
  readonly expected: Entry;
  readonly content: Content;
  /** The other side's entry, whose signature the baseline takes when this is done. */
  readonly source: Entry;
}

/** Both sides hold the same already: only the baseline moves. Null: both are gone. */
export interface Agreement {
  readonly path: string;
  readonly base: BaseEntry | null;
}

export interface PathConflict {
  readonly path: string;
  readonly kind: 'edit-edit' | 'type' | 'place' | 'name';
  readonly left: Entry | null;
  readonly right: Entry | null;
  /** For `place`: where each side has it. */
  readonly places?: { readonly left: string; readonly right: string };
}

/** A conflict that the conflict rule decided. */
export interface Resolved {
  readonly conflict: PathConflict;
  readonly kept: Side | 'both';
  /** With `both`: the name the other version got. */
  readonly copy: string | null;
}

/** Something a person should know that is no problem: an edit that survived a deletion. */
export interface Remark {
  readonly path: string;
  readonly text: string;
}

export interface FolderPlan {
  /** In an order that can be carried out: see reconcile. */
  readonly transitions: readonly Transition[];
  readonly agreements: readonly Agreement[];
  /** Open: they wait for a person. */
  readonly conflicts: readonly PathConflict[];
  /** Decided by rule: for the record and its undo. */
  readonly resolved?: readonly Resolved[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly Remark[];
  /** Something is left as it is for now, and is looked at again whenever nothing was touched. */
  readonly waits?: boolean;
}

export const modes = [
  'two-way-safe',
  'two-way-resolved',
  'one-way-safe',
  'one-way-replica',
  'contribute',
] as const;
export type Mode = (typeof modes)[number];

/** What to do where both sides changed, instead of leaving it to the inbox. */
export const conflictRules = ['ask', 'copy', 'newest', 'largest', 'left', 'right'] as const;
export type ConflictRule = (typeof conflictRules)[number];

export interface PlanningInput {
  /** Sorted by path so that a folder stands before what is in it. */
  readonly rows: List<Row>;
  readonly mode: Mode;
  readonly conflictRule: ConflictRule;
  /** False: union without deletions, whatever the mode but one-way-replica (I21, I22). */
  readonly baselineTrusted: boolean;
  /** What a run that was cut off may have changed since the baseline (I18): see unfinished.ts. */
  readonly unfinished?: Readonly<Record<Side, ReadonlySet<string>>> | null;
  /** What each side's file system can hold. */
  readonly abilities: Readonly<Record<Side, Abilities>>;
  /**
   * What a side holds, beyond the rows, under the given name or one it would take for it; null if
   * nothing. Asked for the names of conflict copies, and on sides that fold names. Without it applying
   * refuses such names one by one.
   */
  readonly heldOn?: (side: Side, path: string) => string | null;
}

/** With all rows at hand. */
export interface ReconcileInput extends PlanningInput {
  readonly rows: readonly Row[];
}

export interface Abilities {
  readonly caseSensitive: boolean;
  /** Whether NFC and NFD of a name are two names. */
  readonly normalizationSensitive: boolean;
  /** Coarsest step of a modification time, in milliseconds: 0.001 on ext4 through Node, 2000 on FAT. */
  readonly timeStepMs: number;
  readonly modes: boolean;
  readonly links: boolean;
  /** Longest name in bytes. */
  readonly nameBytesMax: number;
}
