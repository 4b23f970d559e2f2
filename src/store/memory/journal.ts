// Where every write to a store in memory passes. A write is carried out at once, so that reads see
// it; its promise and the subscribers follow in a later microtask, as they follow the commit of a
// store on disk. A write checks everything before it changes anything: there is no way back.
import { syncError } from '../../model/error.ts';
import type { Event, EventDraft } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { State } from './state.ts';

type Listener = (events: readonly Event[]) => void;

export class Journal {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  #untold: Event[] = [];
  #telling: Promise<void> | null = null;
  #lastSequence = 0;
  #phase: 'open' | 'closed' = 'open';

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  async write<T>(apply: () => T): Promise<T> {
    if (this.#phase === 'closed') throw syncError('store-closed');
    const value = apply();
    await this.settled();
    return value;
  }

  /** Numbers and keeps events; only from within a write. */
  append(drafts: readonly EventDraft[]): void {
    const at = this.now();
    for (const draft of drafts) {
      this.#lastSequence += 1;
      const event = structuredClone({ sequence: this.#lastSequence, at, ...draft });
      this.#state.events.push(event);
      this.#untold.push(event);
    }
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = (events) => listener(events);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  async settled(): Promise<void> {
    this.#telling ??= Promise.resolve().then(() => this.#tell());
    await this.#telling;
  }

  async close(): Promise<void> {
    this.#phase = 'closed';
    await this.settled();
    this.#listeners.clear();
  }

  #tell(): void {
    const events = this.#untold;
    this.#untold = [];
    this.#telling = null;
    if (events.length === 0) return;
    for (const listener of [...this.#listeners]) {
      try {
        listener(events);
      } catch (error) {
        // A subscriber's fault is nobody's write: it surfaces as an uncaught exception.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
