// What a handler may say, and what it is told (mobsync 2.5). One callback per open handler: it is
// attached once and outlives a session when a retry follows. Nothing a handler passes in is trusted,
// and nothing it does here can throw into the manager.
import type { ConflictDraft, Resolution } from '../model/conflict.ts';
import type { Form, LogDraft, LogLevel } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { SessionId } from '../model/session.ts';
import type { Callback, ProgressAnswer, ProgressReport } from '../ports/handler.ts';
import type { Board } from './board.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { answerFor } from './core/outcome.ts';
import type { Decisions } from './decisions.ts';
import type { Floor } from './floor.ts';
import { Lines } from './lines.ts';

/** Where what a handler says is kept. */
export interface Ledger {
  log(draft: LogDraft): number;
  withdraw(session: SessionId, errorId: string | null): void;
  conflict(draft: ConflictDraft): void;
  /** Nobody decided it, and nobody waits for it any more. */
  conflictGone(draft: ConflictDraft): void;
  conflictsSeen(session: SessionId, item: ItemId, complete: boolean): void;
}

/** Where a person can be asked something. */
export interface QuestionDesk {
  isSomebodyThere(): boolean;
  ask(session: SessionId, form: Form): Promise<JsonObject | null>;
  /** The question of that session, if it is the one that waits, is answered with null. */
  withdraw(session: SessionId): void;
}

/** The session for which the handler works now. */
export interface Seat {
  readonly session: SessionId;
  readonly partnership: string;
  readonly board: Board;
  readonly isOver: boolean;
}

export interface CallbackPorts {
  readonly floor: Floor;
  readonly desk: QuestionDesk;
  readonly decisions: Decisions;
  readonly pool: ConnectionPool;
  readonly interactive: boolean;
}

const levels: readonly LogLevel[] = ['information', 'warning', 'error'];
const textMax = 4_096;
const linesMax = 10_000;

export class SessionCallback implements Callback {
  readonly lines = new Lines();
  readonly #ports: CallbackPorts;
  #seat: Seat;
  #ledger: Ledger;
  #state: 'attached' | 'detached' = 'attached';
  #showing = 0;

  constructor(ports: CallbackPorts, seat: Seat, ledger: Ledger) {
    this.#ports = ports;
    this.#seat = seat;
    this.#ledger = ledger;
  }

  /** A retry: from now on the handler works for another session. */
  moveTo(seat: Seat, ledger: Ledger): void {
    this.#seat = seat;
    this.#ledger = ledger;
  }

  /** All is to stop: what it has asked is not waited for. */
  withdrawQuestion(): void {
    this.#ports.desk.withdraw(this.#seat.session);
    this.#ports.decisions.withdraw(this);
  }

  /** From now on everything is answered with `detached` or its like; the floor is taken back. */
  detach(): void {
    this.#state = 'detached';
    this.#ports.floor.giveBack(this);
    this.withdrawQuestion();
  }

  get #isDetached(): boolean {
    return this.#state === 'detached';
  }

  get isShowing(): boolean {
    return this.#showing > 0;
  }

  /** Within, the floor may be taken even if the trigger forbids it (showError). */
  async whileShowing<T>(work: () => Promise<T>): Promise<T> {
    this.#showing += 1;
    try {
      return await work();
    } finally {
      this.#showing -= 1;
    }
  }

  progress(item: ItemId, report: ProgressReport | null): ProgressAnswer {
    const { board, isOver } = this.#seat;
    const detached = isOver || this.#isDetached;
    const fate = board.fate(item);
    if (!detached && fate !== undefined && report !== null) board.report(item, report);
    return answerFor({ detached, stopWanted: board.stopWanted, fate });
  }

  signal(item: ItemId | null): AbortSignal {
    return this.#isDetached ? AbortSignal.abort() : this.#seat.board.signal(item);
  }

  log(entry: Omit<LogDraft, 'session' | 'partnership'>): number | null {
    const { session, partnership } = this.#seat;
    const text = typeof entry.text === 'string' ? entry.text.slice(0, textMax) : '';
    if (this.#isDetached || text === '' || !levels.includes(entry.level)) return null;
    if (this.lines.added(session) >= linesMax) return null;
    const draft: LogDraft = {
      session,
      partnership,
      item: entry.item ?? null,
      level: entry.level,
      text,
      errorId: entry.errorId ?? null,
      // A jump needs a name to come back by (A34).
      jump: entry.jump === true && typeof entry.errorId === 'string',
      subject: entry.subject ?? null,
      code: entry.code ?? null,
    };
    this.lines.add(draft);
    return this.#ledger.log(draft);
  }

  withdraw(errorId: string | null): number {
    if (this.#isDetached) return 0;
    const { count, sessions } = this.lines.withdraw(errorId);
    for (const session of sessions) this.#ledger.withdraw(session, errorId);
    return count;
  }

  takeFloor(): boolean {
    const allowed = this.#ports.interactive || this.#showing > 0;
    return allowed && !this.#isDetached && this.#ports.floor.take(this);
  }

  returnFloor(): void {
    this.#ports.floor.giveBack(this);
  }

  async ask(form: Form): Promise<JsonObject | null> {
    const { floor, desk } = this.#ports;
    const hadFloor = floor.isHeldBy(this);
    if (!desk.isSomebodyThere() || !this.takeFloor()) return null;
    try {
      return await desk.ask(this.#seat.session, form);
    } finally {
      if (!hadFloor) floor.giveBack(this);
    }
  }

  async connect(name: string | null): Promise<boolean> {
    return !this.#isDetached && (await this.#ports.pool.connect(name));
  }

  conflict(draft: Omit<ConflictDraft, 'session' | 'partnership'>): void {
    const { session, partnership, board } = this.#seat;
    if (this.#isDetached) return;
    this.#ledger.conflict({ ...draft, session, partnership });
    // Nobody can choose between two of which one is missing: the item is not done (HN-21).
    if (draft.versions.length < 2 && !draft.settled) board.report(draft.item, { status: 'failed' });
  }

  async decide(draft: Omit<ConflictDraft, 'session' | 'partnership'>): Promise<Resolution | null> {
    const { session, partnership, isOver } = this.#seat;
    const isShown = this.#showing > 0;
    const allowed = isShown || (this.#ports.interactive && !isOver);
    if (this.#isDetached || !allowed) return null;
    const conflict = { ...draft, session, partnership };
    const ledger = this.#ledger;
    ledger.conflict(conflict);
    // What is shown afterwards does not care that the item was skipped before.
    const signal = isShown ? undefined : this.signal(draft.item);
    const resolution = await this.#ports.decisions.wait(conflict, this, signal);
    if (resolution === null) ledger.conflictGone(conflict);
    return resolution;
  }

  conflictsSeen(item: ItemId, complete: boolean): void {
    if (this.#isDetached) return;
    this.#ledger.conflictsSeen(this.#seat.session, item, complete);
  }
}
