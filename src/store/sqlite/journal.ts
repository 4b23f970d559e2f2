// Where every write passes: group commit. The first write of a turn of the event loop begins a
// transaction, the others of that turn join it, and the turn's end commits it: one flush to disk for
// all of them. Each write stands in its own savepoint, so that a refused one leaves the others whole.
// Writes are carried out at once, so reads on the same connection see them; `begin immediate` keeps
// other processes out until the commit, which is the rest of one turn.
import type { Event, EventDraft } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connection } from './connection.ts';
import { insertEvent } from './event-rows.ts';
import { storeFault } from './fault.ts';
import type { Subscribers } from './subscribers.ts';

interface Batch extends PromiseWithResolvers<void> {
  readonly events: Event[];
  readonly turn: NodeJS.Immediate;
}

interface Parts {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly subscribers: Subscribers;
  /** Called within every transaction until one was committed. */
  readonly onFirstWrite: () => void;
}

export class Journal {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #subscribers: Subscribers;
  readonly #onFirstWrite: () => void;
  #firstWrite: 'due' | 'made' = 'due';
  #batch: Batch | null = null;

  constructor({ connection, clock, subscribers, onFirstWrite }: Parts) {
    this.#connection = connection;
    this.#clock = clock;
    this.#subscribers = subscribers;
    this.#onFirstWrite = onFirstWrite;
  }

  now(): number {
    return this.#clock.now();
  }

  write<T>(apply: () => T): Promise<T> {
    try {
      const batch = this.#begin();
      const value = this.#carryOut(batch, apply);
      return batch.promise.then(() => value);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Numbers and keeps events; only from within a write. */
  append(drafts: readonly EventDraft[]): void {
    const at = this.now();
    for (const draft of drafts) {
      const sequence = insertEvent(this.#connection, at, draft);
      this.#batch?.events.push({ sequence, at, ...draft });
    }
  }

  /** Numbered events that are not durable yet. */
  get pendingEvents(): number {
    return this.#batch?.events.length ?? 0;
  }

  /** Commits what is pending without waiting for the end of the turn. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    if (batch === null) return;
    clearImmediate(batch.turn);
    this.#commit();
    await batch.promise;
  }

  #begin(): Batch {
    if (this.#batch !== null) return this.#batch;
    this.#connection.ready();
    this.#connection.run('begin immediate');
    try {
      if (this.#firstWrite === 'due') this.#onFirstWrite();
    } catch (error) {
      this.#rollback();
      throw error;
    }
    const turn = setImmediate(() => this.#commit());
    const batch = { ...Promise.withResolvers<void>(), events: [], turn };
    // Each writer hears of a failed commit through its own promise.
    batch.promise.catch(() => {});
    this.#batch = batch;
    return batch;
  }

  #carryOut<T>(batch: Batch, apply: () => T): T {
    const eventsBefore = batch.events.length;
    try {
      this.#connection.run('savepoint one');
      const value = apply();
      this.#connection.run('release one');
      return value;
    } catch (error) {
      const fault = storeFault(error, this.#connection.file);
      batch.events.length = eventsBefore;
      this.#takeBack(batch, fault);
      throw fault;
    }
  }

  /** SQLite ends the whole transaction by itself after some faults, a full disk for one. */
  #takeBack(batch: Batch, error: unknown): void {
    try {
      if (this.#connection.inTransaction) {
        this.#connection.run('rollback to one');
        this.#connection.run('release one');
        return;
      }
    } catch {
      this.#rollback();
    }
    clearImmediate(batch.turn);
    this.#batch = null;
    batch.reject(error);
  }

  #commit(): void {
    const batch = this.#batch;
    if (batch === null) return;
    this.#batch = null;
    try {
      this.#connection.run('commit');
    } catch (error) {
      this.#rollback();
      batch.reject(error);
      return;
    }
    this.#firstWrite = 'made';
    this.#subscribers.tell(batch.events);
    batch.resolve();
  }

  #rollback(): void {
    try {
      this.#connection.rollback();
    } catch {
      // The connection is marked faulty; opening it anew ends the transaction.
    }
  }
}
