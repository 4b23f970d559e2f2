// A clock that stands still until nobody has anything left to do, and then leaps to the next waker.
// A test of an hour takes a moment, and takes the same course each time.
import type { Clock } from '../ports/clock.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

export class VirtualClock implements Clock {
  /** Where the computer is; it may travel. */
  zoneName = 'UTC';
  /** Turns of the event loop after which nobody is taken to have anything left to do. */
  turns = 3;
  #start: number;
  #elapsed = 0;
  #sleepers: Sleeper[] = [];
  #course: 'still' | 'leaping' = 'still';
  #held = 0;

  /** `start` is the wall time at first, in milliseconds since 1970. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#start = start;
  }

  now(): number {
    return this.#start + this.#elapsed;
  }

  zone(): string {
    return this.zoneName;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal?.aborted === true) return Promise.resolve();
    const sleeper = { at: this.#elapsed + Math.max(0, ms), wake: resolve };
    this.#sleepers.push(sleeper);
    const giveUp = () => {
      this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
      resolve();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    void this.#leap();
    return promise;
  }

  /** Until called back, the clock does not leap: for looking at a moment. */
  hold(): () => void {
    this.#held += 1;
    return () => {
      this.#held -= 1;
      void this.#leap();
    };
  }

  /** By hand, while it is held: wakes whoever is due, in order. */
  advance(ms: number): void {
    const until = this.#elapsed + ms;
    for (;;) {
      const next = this.#first();
      if (next === undefined || next.at > until) break;
      this.#wake(next);
    }
    this.#elapsed = until;
  }

  /** By hand, while it is held: so much time, and all that comes of it. */
  async pass(ms: number): Promise<void> {
    const until = this.#elapsed + ms;
    for (;;) {
      await this.idle();
      const next = this.#first();
      if (next === undefined || next.at > until) break;
      this.#wake(next);
    }
    this.#elapsed = until;
    await this.idle();
  }

  /** The wall clock is set; nothing that waits notices. */
  setWall(ms: number): void {
    this.#start += ms;
  }

  /** Resolves when nobody has anything left to do at this moment. */
  async idle(): Promise<void> {
    for (let turn = 0; turn < this.turns; turn += 1) {
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  async #leap(): Promise<void> {
    if (this.#course === 'leaping') return;
    this.#course = 'leaping';
    while (this.#sleepers.length > 0 && this.#held === 0) {
      await this.idle();
      if (this.#held > 0) break;
      const next = this.#first();
      if (next === undefined) break;
      this.#wake(next);
    }
    this.#course = 'still';
  }

  #first(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const one of this.#sleepers) {
      // Those of one moment stand in the order in which they came.
      if (first === undefined || one.at < first.at) first = one;
    }
    return first;
  }

  #wake(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
    this.#elapsed = Math.max(this.#elapsed, sleeper.at);
    sleeper.wake();
  }
}
