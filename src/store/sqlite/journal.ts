// Where every write passes: group commit. The first write of a turn of the event loop begins a
// transaction, the others of that turn join it, and the turn's end commits it: one flush to disk for
// all of them. A refused write leaves the others whole: one of several statements stands in a
// savepoint, a single statement takes itself back.
// Writes are carried out at once, so reads on the same connection see them; `begin immediate` keeps
// other processes out until the commit, which is the rest of one turn. Events alone are gathered, and
// put in and numbered when they are read or the turn ends: they are most of what is written.
import type { Event, EventDraft } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Connection } from './connection.ts';
import { type EventRow, eventRow, insertEvents } from './event-rows.ts';
import { storeFault } from './fault.ts';
import type { Subscribers } from './subscribers.ts';

interface Batch extends PromiseWithResolvers<void> {
  /** Put in and numbered. */
  readonly events: Event[];
  /** The events after those. */
  gathered: EventRow[];
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

  /** `apply` runs one statement at most that changes anything, and nothing that can fail after it. */
  write<T>(apply: () => T): Promise<T> {
    return this.#join(apply, () => {});
  }

  /** `apply` may run several: all of them stand, or none. */
  writeAll<T>(apply: () => T): Promise<T> {
    const within = () => {
      this.#connection.run('savepoint one');
      const value = apply();
      this.#connection.run('release one');
      return value;
    };
    return this.#join(within, () => this.#connection.takeBackTo('one'));
  }

  /** Throws when one cannot be stored: before a write has changed anything. */
  rows(drafts: readonly EventDraft[]): readonly EventRow[] {
    const at = drafts.length === 0 ? 0 : this.now();
    return drafts.map((draft) => eventRow(at, draft));
  }

  /** Keeps events, in the order of the calls; only from within a write. */
  append(rows: readonly EventRow[]): void {
    this.#batch?.gathered.push(...rows);
  }

  /** Before events are read: all that were kept so far stand in the table. Not from within a write. */
  putEvents(): void {
    const batch = this.#batch;
    if (batch === null || batch.gathered.length === 0) return;
    const { gathered } = batch;
    batch.gathered = [];
    try {
      insertEvents(this.#connection, gathered, batch.events);
    } catch (error) {
      // Their writers were told nothing yet.
      this.#giveUp(batch, error);
      throw error;
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
    this.#connection.begin();
    try {
      if (this.#firstWrite === 'due') this.#onFirstWrite();
    } catch (error) {
      this.#rollback();
      throw error;
    }
    const turn = setImmediate(() => this.#commit());
    const batch = { ...Promise.withResolvers<void>(), events: [], gathered: [], turn };
    // Each writer hears of a failed commit through its own promise.
    batch.promise.catch(() => {});
    this.#batch = batch;
    return batch;
  }

  #join<T>(apply: () => T, takeBack: () => void): Promise<T> {
    try {
      const batch = this.#begin();
      const value = this.#carryOut(batch, apply, takeBack);
      return batch.promise.then(() => value);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #carryOut<T>(batch: Batch, apply: () => T, takeBack: () => void): T {
    const gatheredBefore = batch.gathered.length;
    try {
      return apply();
    } catch (error) {
      const fault = storeFault(error, this.#connection.file);
      batch.gathered.length = gatheredBefore;
      this.#takeBack(batch, fault, takeBack);
      throw fault;
    }
  }

  /** SQLite ends the whole transaction by itself after some faults, a full disk for one. */
  #takeBack(batch: Batch, error: unknown, takeBack: () => void): void {
    try {
      if (this.#connection.inTransaction) {
        takeBack();
        return;
      }
    } catch {
      // Then nothing of this turn can be kept.
    }
    this.#giveUp(batch, error);
  }

  #giveUp(batch: Batch, error: unknown): void {
    this.#rollback();
    clearImmediate(batch.turn);
    this.#batch = null;
    batch.reject(error);
  }

  #commit(): void {
    const batch = this.#batch;
    if (batch === null) return;
    try {
      insertEvents(this.#connection, batch.gathered, batch.events);
      this.#connection.run('commit');
    } catch (error) {
      this.#giveUp(batch, error);
      return;
    }
    this.#batch = null;
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
