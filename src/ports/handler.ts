// The contract between the manager and whoever can synchronize something: the old ISyncMgrSynchronize
// and its callback (mobsync sections 2.3 and 2.5) in today's TypeScript. A handler is a port like the
// clock: the kernel does not know whether one is in this process.
//
// Order of calls on one session: open, describe, items, attach, (properties)*, prepare, synchronize,
// (showError | resolve | undo | prepare + synchronize for a retry)*, close. After any failure, close.
import type { ConflictDraft, ConflictVersion, Resolution } from '../model/conflict.ts';
import type { ErrorRecord } from '../model/error.ts';
import type { Form, LogDraft } from '../model/event.ts';
import type { Item, ItemId, ItemStatus } from '../model/item.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { PlanChange, PlanDraft, PlanSummary } from '../model/plan.ts';
import type { Counts } from '../model/session.ts';
import type { TouchedRoot } from '../model/touched.ts';
import type { TriggerKind } from '../model/trigger.ts';

export interface Handler {
  /** The name it is registered under. */
  readonly name: string;
  /**
   * It keeps to the old order whatever the trigger (mobsync C31, C100): all handlers of a request
   * prepare before any synchronizes, and its requests wait for those that may ask.
   */
  readonly inTurn?: boolean;
  /** The local folders whose changes are a reason to synchronize; absent or null: it has none. */
  watches?(settings: JsonObject): Watched | null;
  /** `null`: this trigger is not for me; nothing else is called on it (the old S_FALSE). */
  open(opening: Opening): Promise<HandlerSession | null>;
}

export interface Watched {
  /** Absolute paths. */
  readonly roots: readonly string[];
  /** First names below a root under which changes are nobody's: the handler's own notes. */
  readonly ignored: readonly string[];
}

export interface Opening {
  readonly partnership: { readonly id: string; readonly name: string };
  readonly trigger: TriggerKind;
  readonly interactive: boolean;
  /** Describe and list only; no synchronization follows. */
  readonly settingsOnly: boolean;
  readonly cookie: Uint8Array | null;
  readonly settings: JsonObject;
  /**
   * True: its folders are watched, the watch is sound, and nothing was told since before the last
   * session began, which succeeded. A look at the whole may be spared; it is never wrong to look.
   */
  readonly untouched?: boolean;
  /** Bytes a second that the terms allow now, 0 for no limit; absent: as the settings say. See setBandwidth. */
  readonly bandwidth?: number;
  /** Of a handler in a program of its own: what the configuration hands it, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * How a call that may outlast itself ended. `ended`: it was over before it returned, so its window
 * never opens. `pending`: it returned; while the promise is pending the window is open and
 * setItemStatus may be called. A rejection, before or after, is a failure of the phase.
 */
export type Pass<T> = { readonly ended: T } | { readonly pending: Promise<T> };

export interface HandlerInfo {
  /** Shown for the handler; cut to 31 characters. */
  readonly name: string;
  readonly hasProperties: boolean;
  /** List it in the choice even without items. */
  readonly alwaysListed: boolean;
}

export interface ItemList {
  /** False keeps the preferences of items that did not appear (the old MISSINGITEMS). */
  readonly complete: boolean;
  readonly items: AsyncIterable<Item> | Iterable<Item>;
}

/** Outcome of prepare. `refused`: it cannot be done without a person, or not at all now. */
export type Prepared =
  | { readonly outcome: 'ready'; readonly plan: PlanDraft | null }
  | { readonly outcome: 'refused'; readonly error: ErrorRecord | null };

/** `failed` fails every item that reported no outcome of its own; `done` lets them succeed. */
export interface Synchronized {
  readonly outcome: 'done' | 'failed';
  readonly error: ErrorRecord | null;
  readonly counts: Counts;
  readonly bytes: number;
}

export interface PrepareCall {
  readonly items: readonly ItemId[];
  /** A plan of an earlier session that a person approved: adopt it instead of making a new one. */
  readonly approved: { readonly summary: PlanSummary; changes(): Iterable<PlanChange> } | null;
  /**
   * Of each watched folder, where something may have changed since before the last session began that
   * succeeded. Absent: anywhere. It is never wrong to look at more.
   */
  readonly touched?: readonly TouchedRoot[];
}

/** What opening an error line, or a property sheet, led to (mobsync 2.5.8, 2.5.9). */
export type Shown =
  | { readonly next: 'nothing' }
  | { readonly next: 'list-again' }
  | { readonly next: 'item-deleted' }
  | { readonly next: 'retry'; readonly items: readonly ItemId[] };

export type PropertiesAnswer = Shown;

export interface HandlerSession {
  describe(): Promise<HandlerInfo>;
  items(): Promise<ItemList>;
  attach(callback: Callback): Promise<void>;
  prepare(call: PrepareCall): Promise<Pass<Prepared>>;
  synchronize(): Promise<Pass<Synchronized>>;
  /**
   * Called only inside a window, and only with `skipped` (mobsync 2.3.9). One that throws was not
   * told, and is told in the next window.
   */
  setItemStatus(item: ItemId, status: 'skipped'): void;
  /**
   * Hold the work, or go on with it; called only while synchronize runs. Without it a session can
   * be paused only before it synchronizes.
   */
  pause?(paused: boolean): void;
  /**
   * The terms allow so many bytes a second from now on, 0 for no limit; null: as the settings say.
   * Called at any time between open and close. Without it the limit at the beginning stays.
   */
  setBandwidth?(rate: number | null): void;
  showError?(errorId: string): Promise<Pass<Shown>>;
  /** `null` asks for the handler's own properties. */
  properties?(item: ItemId | null): Promise<Pass<PropertiesAnswer>>;
  /** Carries out a person's choice; the answer is what `undo` needs, or null if it cannot be. */
  resolve?(conflict: ConflictSubject, resolution: Resolution): Promise<Json>;
  undo?(conflict: ConflictSubject, undo: Json): Promise<void>;
  close(): Promise<void>;
}

export interface ConflictSubject {
  readonly item: ItemId;
  readonly subject: string;
  readonly kind: string;
  readonly versions: readonly ConflictVersion[];
}

/** Only the members given change what is shown; the others keep their former value (A30). */
export interface ProgressReport {
  readonly status?: ItemStatus;
  /** Hostile text: what is being done now. */
  readonly text?: string;
  /** Entries, or the handler's own unit; `max` 0 or less means unknown length. */
  readonly value?: number;
  readonly max?: number;
  readonly bytes?: number;
  readonly bytesMax?: number;
}

/**
 * Level-triggered: once an item was skipped each answer for it is `skip`, once all was stopped each
 * answer is `stop` (A32). `unknown-item`: it was not handed to prepare. `detached`: after close.
 */
export type ProgressAnswer = 'continue' | 'skip' | 'stop' | 'unknown-item' | 'detached';

export interface Callback {
  /** Null only asks. Callable at any rate from anywhere; what is shown is at most 10 a second. */
  progress(item: ItemId, report: ProgressReport | null): ProgressAnswer;
  /** Aborted when the item is skipped or all is stopped; of null, when all is stopped. */
  signal(item: ItemId | null): AbortSignal;
  /** Id of the line, or null if refused (detached, empty text). */
  log(entry: Omit<LogDraft, 'session' | 'partnership'>): number | null;
  /** Takes back the lines with this errorId, or all of this session; the number taken back. */
  withdraw(errorId: string | null): number;
  /** May I show something now? Exclusive over all sessions, refused at once (mobsync 2.5.4). */
  takeFloor(): boolean;
  returnFloor(): void;
  /** Asks the person; null when refused: not interactive, nobody there, somebody else asks. */
  ask(form: Form): Promise<JsonObject | null>;
  /** Brings up a named or the default connection; it stays until the last session has ended. */
  connect(name: string | null): Promise<boolean>;
  /** Puts a conflict into the inbox, or refreshes the open one over the same subject. */
  conflict(draft: Omit<ConflictDraft, 'session' | 'partnership'>): void;
  /**
   * Puts a conflict into the inbox and waits there for the person: for handlers that cannot be told
   * later. Null, and nothing is left in the inbox, when nobody may be asked now, the item is skipped,
   * all is stopped, or the handler is released. A choice only: merged content is not offered.
   */
  decide(draft: Omit<ConflictDraft, 'session' | 'partnership'>): Promise<Resolution | null>;
  /** Open conflicts of the item that this session did not see again are gone. */
  conflictsSeen(item: ItemId, complete: boolean): void;
}
