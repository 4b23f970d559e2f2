// One session: feeds signals into the table of core/step.ts and carries out the orders that come
// back. It calls the handler's prepare and synchronize, opens their windows, and joins what came of
// it; when which is called is the business of manager/flow.ts.
//
// There is no time limit unless one is set: a handler may rightly work for hours (mobsync A26). With
// `graceMs`, a handler that has not come back so long after a stop is given up (S5).
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { Item, ItemId } from '../model/item.ts';
import {
  type Counts,
  type Ending,
  isEnding,
  type Phase,
  type Session,
  type SessionResult,
} from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pass, PrepareCall, Prepared, Synchronized } from '../ports/handler.ts';
import { type Audience, Board } from './board.ts';
import type { Ledger, Seat } from './callback.ts';
import { type Completion, itemResult, verdict } from './core/outcome.ts';
import { isViolation, type Order, type Signal, step } from './core/step.ts';
import { handlerError, type OpenHandler } from './open-handler.ts';
import { passThrough } from './pass.ts';

/** Where the session is kept. */
export interface SessionRecord {
  phase(phase: Phase): void;
  end(result: SessionResult): void;
  /** Resolves when the conflicts reported are in the store, with how many are open. */
  conflictsOpen(): Promise<number>;
}

export interface RunnerPorts {
  readonly clock: Clock;
  readonly audience: Audience;
  readonly record: SessionRecord;
  /** How long a handler may take after a stop; null: as long as it likes. */
  readonly graceMs: number | null;
  /** Counts a signal that had no business in its phase (S15). */
  violation(phase: Phase, signal: Signal): void;
}

export class SessionRunner implements Seat {
  readonly session: string;
  readonly partnership: string;
  readonly board: Board;
  /** Resolves when the session has ended; never rejects. */
  readonly ended: Promise<SessionResult>;
  readonly #ports: RunnerPorts;
  readonly #end = Promise.withResolvers<SessionResult>();
  /** Aborted when it has ended within its limit. */
  #limited: AbortController | null = null;
  #phase: Phase;
  #handler: OpenHandler | null = null;
  #calls = 0;
  #window: 'open' | 'shut' = 'shut';
  #pause: 'wanted' | 'unwanted' = 'unwanted';
  #prepareCall: PrepareCall | null = null;
  #preparing: Promise<Prepared | null> = Promise.resolve(null);
  #work: 'ahead' | 'begun' = 'ahead';
  #completion: Completion = 'never-begun';
  #done: { readonly counts: Counts; readonly bytes: number } = { counts: {}, bytes: 0 };
  #error: ErrorRecord | null = null;
  #conflicts = 0;

  constructor(session: Session, ports: RunnerPorts) {
    this.session = session.id;
    this.partnership = session.partnership;
    this.#phase = session.phase;
    this.#ports = ports;
    this.board = new Board(ports.clock, ports.audience);
    this.ended = this.#end.promise;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get hasBegun(): boolean {
    return this.#work === 'begun';
  }

  get isOver(): boolean {
    return isEnding(this.#phase);
  }

  get handler(): OpenHandler | null {
    return this.#handler;
  }

  /** From now on the handler's callbacks are this session's. */
  seat(handler: OpenHandler, ledger: Ledger): void {
    this.#handler = handler;
    handler.callback.moveTo(this, ledger);
  }

  setItems(items: readonly Item[]): void {
    this.board.setItems(items);
  }

  /** A signal of the flow; the ones that call the handler have methods of their own. */
  signal(
    signal: Extract<Signal, 'offer' | 'decline' | 'prepared' | 'planned' | 'hold' | 'approve'>,
  ): void {
    this.#advance(signal);
  }

  /** The plan stays open, or was rejected. */
  halt(error: ErrorRecord): void {
    if (!this.isOver) this.#error ??= error;
    this.#advance('halt');
  }

  /** It is not to run, for a reason that is told. */
  decline(error: ErrorRecord): void {
    if (!this.isOver) this.#error ??= error;
    this.#advance('decline');
  }

  fail(error: ErrorRecord): void {
    if (!this.isOver) this.#error ??= error;
    this.#advance('fail');
  }

  /** Work before prepare. Null when the session has ended meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.isOver) return null;
    this.#calls += 1;
    try {
      // A session given up meanwhile does not wait for what hangs.
      const value = await Promise.race([work(), this.ended.then(() => null)]);
      this.#calls -= 1;
      if (this.#phase === 'stopping') this.#advance('fall-short');
      return this.isOver ? null : value;
    } catch (thrown) {
      this.#calls -= 1;
      this.fail(handlerError(thrown));
      return null;
    }
  }

  /** Null when it did not come to a plan that may go on: refused, failed, stopped. */
  async prepare(call: PrepareCall): Promise<Prepared | null> {
    if (this.isOver) return null;
    this.#prepareCall = call;
    this.#advance('choose');
    return this.#preparing;
  }

  /** Its turn to synchronize has come. Resolves when the session has ended. */
  async synchronize(): Promise<SessionResult> {
    if (!this.isOver) this.#advance(this.#pause === 'wanted' ? 'hold-back' : 'begin');
    return this.ended;
  }

  /** False when the item is not in this session or has its outcome already (S4). */
  skip(item: ItemId): boolean {
    const accepted = !this.isOver && this.board.skip(item);
    if (accepted) this.#tellSkips();
    return accepted;
  }

  stop(): void {
    this.#advance('stop');
  }

  pause(): void {
    const works = this.#phase === 'synchronizing';
    if (!works || this.#handler?.can('pause') === true) this.#advance('pause');
  }

  resume(): void {
    this.#advance('resume');
  }

  #advance(signal: Signal): void {
    const former = this.#phase;
    if (isEnding(former)) return;
    if (isViolation(former, signal)) {
      const reason = `${signal} came in phase ${former}`;
      this.#error ??= errorOf('internal', reason);
    }
    const [next, ...orders] = step(former, signal);
    this.#phase = next;
    if (next !== former && !isEnding(next)) this.#ports.record.phase(next);
    for (const order of orders) SessionRunner.#orders[order](this, former, signal);
  }

  static readonly #orders: Record<
    Order,
    (runner: SessionRunner, phase: Phase, signal: Signal) => void
  > = {
    'call-prepare': (runner) => {
      runner.#preparing = runner.#callPrepare();
    },
    'call-synchronize': (runner) => void runner.#callSynchronize(),
    'ask-to-stop': (runner) => runner.#askToStop(),
    'abandon-handler': (runner) => runner.#abandon(),
    'remember-pause': (runner) => {
      runner.#pause = 'wanted';
    },
    'forget-pause': (runner) => {
      runner.#pause = 'unwanted';
    },
    'pause-handler': (runner) => runner.#handler?.tellPause(true),
    'go-on': (runner) => runner.#goOn(),
    'count-violation': (runner, phase, signal) => runner.#ports.violation(phase, signal),
    'record-result': (runner) => runner.#recordResult(),
  };

  async #callPrepare(): Promise<Prepared | null> {
    const call = this.#prepareCall;
    const prepared = await this.during(() =>
      this.#pass((handler) =>
        handler.call((session) => session.prepare(call ?? { items: [], approved: null })),
      ),
    );
    if (prepared === null || prepared.outcome === 'ready') return prepared;
    this.fail(prepared.error ?? errorOf('prepare-refused', ''));
    return null;
  }

  async #callSynchronize(): Promise<void> {
    this.#work = 'begun';
    this.#calls += 1;
    try {
      const done: Synchronized = await this.#pass((handler) =>
        handler.call((session) => session.synchronize()),
      );
      this.#completion = done.outcome === 'done' ? 'done' : 'failed';
      this.#done = { counts: done.counts, bytes: done.bytes };
      this.#error ??= done.error;
    } catch (thrown) {
      this.#completion = 'failed';
      this.#error ??= handlerError(thrown);
    }
    this.#conflicts = await this.#ports.record.conflictsOpen();
    this.#calls -= 1;
    this.#advance(this.#verdict());
  }

  #pass<T>(work: (handler: OpenHandler) => Promise<Pass<T>>): Promise<T> {
    const handler = this.#handler;
    if (handler === null) throw syncError('internal', { reason: 'no handler is open' });
    // The race against giving up is run again here: the window outlasts the call.
    return handler.call(() =>
      passThrough(() => work(handler), {
        open: () => {
          this.#window = 'open';
          this.#tellSkips();
        },
        close: () => {
          this.#window = 'shut';
        },
      }),
    );
  }

  #tellSkips(): void {
    if (this.#window === 'shut') return;
    for (const item of this.board.untold()) {
      if (this.#handler?.tellSkipped(item) === true) this.board.markTold(item);
    }
  }

  #askToStop(): void {
    this.board.stop();
    this.#handler?.callback.withdrawQuestion();
    this.#tellSkips();
    // Nobody is at work, so nobody has to come back first.
    if (this.#calls === 0) this.#advance('fall-short');
    else if (this.#ports.graceMs !== null) void this.#limit(this.#ports.graceMs);
  }

  async #limit(graceMs: number): Promise<void> {
    this.#limited ??= new AbortController();
    await this.#ports.clock.sleep(graceMs, this.#limited.signal);
    if (!this.isOver) this.#error ??= errorRecord(overdue(graceMs));
    this.#advance('overdue');
  }

  #abandon(): void {
    this.#handler?.abandon(overdue(this.#ports.graceMs ?? 0));
  }

  #goOn(): void {
    this.#pause = 'unwanted';
    if (this.hasBegun) this.#handler?.tellPause(false);
    else void this.#callSynchronize();
  }

  #verdict(): Signal {
    return verdict(this.#itemResults(), {
      completion: this.#completion,
      problems: this.#problems(),
      conflicts: this.#conflicts,
    });
  }

  #itemResults() {
    const circumstances = {
      completion: this.#completion,
      stopWanted: this.board.stopWanted,
      error: this.#error,
    };
    return this.board.fates().map((fate) => itemResult(fate, circumstances));
  }

  #problems(): number {
    return this.#handler?.callback.lines.problems(this.session) ?? 0;
  }

  #recordResult(): void {
    const ending = this.#phase as Ending;
    if (ending === 'planned' || ending === 'halted') this.#completion = 'withheld';
    const result: SessionResult = {
      ending,
      items: this.#itemResults(),
      ...this.#done,
      problems: this.#problems(),
      conflicts: this.#conflicts,
      error: ending === 'succeeded' ? null : this.#error,
    };
    this.#limited?.abort(null);
    this.board.freeze();
    this.#ports.record.end(result);
    this.#end.resolve(result);
  }
}

const errorOf = (code: 'internal' | 'prepare-refused', reason: string): ErrorRecord =>
  errorRecord(syncError(code, { reason }));

const overdue = (graceMs: number) => syncError('overdue', { limit: `${graceMs / 1_000} s` });
