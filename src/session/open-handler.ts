// A handler opened for one partnership, with its callback attached: the object behind one session,
// and behind the retries that follow it. Every call into a handler passes through here, so that an
// exception is a rejection with a record, and a handler given up on holds nobody up.
import { type ErrorRecord, errorRecord, SyncError, syncError } from '../model/error.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandlerInfo, HandlerSession } from '../ports/handler.ts';
import type { SessionCallback } from './callback.ts';

/**
 * What a handler has to let go of within, before it is no longer waited for: longer than it takes to
 * ask a program to leave, to tell it to, and to make it.
 */
const closeMs = 15_000;

export class OpenHandler {
  readonly callback: SessionCallback;
  info: HandlerInfo;
  readonly #session: HandlerSession;
  readonly #abandoned = Promise.withResolvers<never>();
  #attached = false;
  #underWay = 0;
  #hold: 'open' | 'let go' = 'open';
  readonly #left = Promise.withResolvers<void>();
  #closing: Promise<void> | null = null;

  constructor(session: HandlerSession, callback: SessionCallback, info: HandlerInfo) {
    this.#session = session;
    this.callback = callback;
    this.info = info;
    this.#abandoned.promise.catch(() => {});
  }

  /**
   * Rejects with a SyncError: the handler's own, or `handler-failed` around what it threw. Once it was
   * given up or released, nothing is called on it any more.
   */
  async call<T>(work: (session: HandlerSession) => Promise<T> | undefined): Promise<T> {
    if (this.#hold === 'let go') throw released();
    return this.#answer(work);
  }

  async #answer<T>(work: (session: HandlerSession) => Promise<T> | undefined): Promise<T> {
    this.#underWay += 1;
    try {
      const answer = Promise.resolve(work(this.#session)) as Promise<T>;
      return await Promise.race([answer, this.#abandoned.promise]);
    } catch (thrown) {
      throw asSyncError(thrown);
    } finally {
      this.#underWay -= 1;
    }
  }

  async attach(): Promise<void> {
    this.#attached = true;
    await this.call((session) => session.attach(this.callback));
  }

  /** Resolves when it was released. */
  get left(): Promise<void> {
    return this.#left.promise;
  }

  get isAttached(): boolean {
    return this.#attached;
  }

  can(
    ability: 'pause' | 'setBandwidth' | 'showError' | 'properties' | 'resolve' | 'undo',
  ): boolean {
    return typeof this.#session[ability] === 'function';
  }

  /** False when it was not taken: it is told again in the next window, and by progress. */
  tellSkipped(item: string): boolean {
    try {
      this.#session.setItemStatus(item, 'skipped');
      return true;
    } catch {
      return false;
    }
  }

  tellPause(paused: boolean): void {
    try {
      this.#session.pause?.(paused);
    } catch {
      // Then it goes on working; a stop is still open to the person.
    }
  }

  tellRate(rate: number | null): void {
    try {
      this.#session.setBandwidth?.(rate);
    } catch {
      // Then it goes on as fast as before.
    }
  }

  /** Gives up on it: calls under way reject, its later callbacks are answered `detached`. */
  abandon(error: SyncError): void {
    this.callback.detach();
    this.#hold = 'let go';
    this.#abandoned.reject(error);
  }

  /** Detaches and closes, once. Never rejects, and does not wait for ever. */
  close(clock: Clock): Promise<void> {
    this.callback.detach();
    this.#hold = 'let go';
    this.#closing ??= this.#close(clock);
    return this.#closing;
  }

  async #close(clock: Clock): Promise<void> {
    const closing = this.#answer((session) => session.close()).catch(() => {});
    await within(closeMs, clock, closing);
    // A dialog that is still open is nobody's any more.
    if (this.#underWay > 0) this.#abandoned.reject(released());
    this.#left.resolve();
  }
}

/** Turns of the microtasks in which most are done; a timer is for the others. */
const promptTurns = 16;

async function within(ms: number, clock: Clock, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  let state: 'under way' | 'timed' | 'done' = 'under way';
  const done = work.then(() => {
    if (state === 'timed') over.abort(null);
    state = 'done';
  });
  const isDone = () => state === 'done';
  for (let turn = 0; turn < promptTurns && !isDone(); turn += 1) await null;
  if (isDone()) return;
  state = 'timed';
  await Promise.race([done, clock.sleep(ms, over.signal)]);
}

const released = () => syncError('handler-failed', { reason: 'it was released' });

function asSyncError(thrown: unknown): SyncError {
  return thrown instanceof SyncError
    ? thrown
    : syncError('handler-failed', reasonOf(thrown), thrown);
}

const reasonOf = (thrown: unknown) => ({
  reason: thrown instanceof Error ? thrown.message : String(thrown),
});

export function handlerError(thrown: unknown): ErrorRecord {
  return errorRecord(thrown, 'handler-failed');
}
