// Who is told of events, and up to which one they were. Another process may have written between
// two of our commits: those events are read from the table, so that the order has no gap.
import type { Event } from '../../model/event.ts';
import type { Connection } from './connection.ts';
import { listEvents } from './event-rows.ts';

type Listener = (events: readonly Event[]) => void;

const readAtOnce = 1_000;

export class Subscribers {
  readonly #connection: Connection;
  readonly #listeners = new Set<Listener>();
  readonly #untold: (readonly Event[])[] = [];
  #toldUpTo = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `pending` events are numbered but not durable: they are still to be told. */
  add(listener: Listener, pending: number): () => void {
    if (this.#listeners.size === 0) this.#toldUpTo = this.#lastSequence() - pending;
    const own: Listener = (events) => listener(events);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Tells of events that just became durable, in the order of their numbers. */
  tell(events: readonly Event[]): void {
    const last = events.at(-1);
    if (last === undefined || this.#listeners.size === 0) return;
    if (events[0]?.sequence === this.#toldUpTo + 1) {
      this.#deliver(events);
      return;
    }
    try {
      this.#catchUp(last.sequence);
    } catch {
      // Not the writer's concern; what is missing is told with the next events.
    }
  }

  /** Tells of what other processes wrote. Not while a transaction is open. */
  poll(): void {
    if (this.#listeners.size > 0) this.#catchUp(this.#lastSequence());
  }

  clear(): void {
    this.#listeners.clear();
  }

  #catchUp(last: number): void {
    while (this.#toldUpTo < last) {
      const missing = listEvents(this.#connection, this.#toldUpTo, readAtOnce);
      if (missing.length === 0) this.#toldUpTo = last;
      else this.#deliver(missing);
    }
  }

  /** A subscriber may write and flush: what comes of that is told when all heard of this. */
  #deliver(events: readonly Event[]): void {
    this.#toldUpTo = events.at(-1)?.sequence ?? this.#toldUpTo;
    this.#untold.push(events);
    if (this.#untold.length > 1) return;
    for (let next = this.#untold[0]; next !== undefined; next = this.#untold[0]) {
      for (const listener of [...this.#listeners]) call(listener, next);
      this.#untold.shift();
    }
  }

  #lastSequence(): number {
    const sql = "select seq from sqlite_sequence where name = 'events'";
    return this.#connection.get<{ seq: number }>(sql)?.seq ?? 0;
  }
}

function call(listener: Listener, events: readonly Event[]): void {
  try {
    listener(events);
  } catch (error) {
    // A subscriber's fault is nobody's write: it surfaces as an uncaught exception.
    queueMicrotask(() => {
      throw error;
    });
  }
}
