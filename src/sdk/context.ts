// What a handler's functions are given: what the session is about, and how to report.
import type { ConflictDraft } from '../model/conflict.ts';
import type { Form, LogLevel } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { TriggerKind } from '../model/trigger.ts';
import type { Callback, Opening, ProgressAnswer, ProgressReport } from '../ports/handler.ts';

export interface LineOptions {
  readonly item?: ItemId;
  /** Path or other subject within the item. */
  readonly subject?: string;
  /** Stable code of the error, if it is one. */
  readonly code?: string;
  /** Your own name for the line: it comes back in showError, and `withdraw` takes it back by it. */
  readonly errorId?: string;
  /** A person can open the line; showError is called then. Needs an errorId. */
  readonly jump?: boolean;
}

export interface Context<State> {
  /** What `open` returned. */
  readonly state: State;
  readonly partnership: Opening['partnership'];
  readonly trigger: TriggerKind;
  /** False: nobody is there; do not ask, do not show. */
  readonly interactive: boolean;
  readonly settings: JsonObject;
  /** What the program that asked for this gave along, or null. */
  readonly cookie: Uint8Array | null;
  /** The chosen items; empty before prepare. */
  readonly items: readonly ItemId[];
  /** Aborted when all is to stop. */
  readonly signal: AbortSignal;
  /** Aborted when the item is to be skipped, or all is to stop. */
  signalOf(item: ItemId): AbortSignal;
  /** Reports, and asks whether to go on; call it as often as you like. */
  progress(item: ItemId, report?: ProgressReport): ProgressAnswer;
  /** Id of the line, or null if it was not taken. */
  log(level: LogLevel, text: string, options?: LineOptions): number | null;
  /** Takes back the lines with this errorId, or with null all of this session. */
  withdraw(errorId: string | null): number;
  /** The person's answer; null when nobody can be asked now. */
  ask(form: Form): Promise<JsonObject | null>;
  /** Brings up a connection, or with null the default one; it stays up until all have finished. */
  connect(name: string | null): Promise<boolean>;
  /** Puts a conflict before the person; the session goes on. */
  conflict(draft: Omit<ConflictDraft, 'session' | 'partnership'>): void;
  /** All conflicts of the item were reported: those not seen again are settled. */
  conflictsSeen(item: ItemId): void;
}

export class SessionContext<State> implements Context<State> {
  readonly state: State;
  items: readonly ItemId[] = [];
  readonly #opening: Opening;
  #callback: Callback | null = null;

  constructor(opening: Opening, state: State) {
    this.#opening = opening;
    this.state = state;
  }

  attach(callback: Callback): void {
    this.#callback = callback;
  }

  get partnership(): Opening['partnership'] {
    return this.#opening.partnership;
  }

  get trigger(): TriggerKind {
    return this.#opening.trigger;
  }

  get interactive(): boolean {
    return this.#opening.interactive;
  }

  get settings(): JsonObject {
    return this.#opening.settings;
  }

  get cookie(): Uint8Array | null {
    return this.#opening.cookie;
  }

  get signal(): AbortSignal {
    return this.signalOf(null);
  }

  signalOf(item: ItemId | null): AbortSignal {
    return this.#callback?.signal(item) ?? AbortSignal.abort();
  }

  progress(item: ItemId, report: ProgressReport | null = null): ProgressAnswer {
    return this.#callback?.progress(item, report) ?? 'detached';
  }

  log(level: LogLevel, text: string, options: LineOptions = {}): number | null {
    const { item = null, subject = null, code = null, errorId = null, jump = false } = options;
    return this.#callback?.log({ item, level, text, errorId, jump, subject, code }) ?? null;
  }

  withdraw(errorId: string | null): number {
    return this.#callback?.withdraw(errorId) ?? 0;
  }

  async ask(form: Form): Promise<JsonObject | null> {
    return (await this.#callback?.ask(form)) ?? null;
  }

  async connect(name: string | null): Promise<boolean> {
    return (await this.#callback?.connect(name)) ?? false;
  }

  conflict(draft: Omit<ConflictDraft, 'session' | 'partnership'>): void {
    this.#callback?.conflict(draft);
  }

  conflictsSeen(item: ItemId): void {
    this.#callback?.conflictsSeen(item, true);
  }
}
