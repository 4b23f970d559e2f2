// A part of this thread's time and no more. Who talks costs time by what it says and not by how much:
// a count of messages bounds the honest ones and lets the dear ones through. So the time itself is
// counted, and while more of it is used up than was granted, the talk waits in its pipe (HN-10).
import type { Clock } from '../ports/clock.ts';

/** What is saved up while nobody talks: a burst is heard at once. */
const savedMaxMs = 200;
/** Timers are no finer; below it the talk goes on and is made up for later. */
const shortestWaitMs = 5;

export class Share {
  readonly #clock: Clock;
  readonly #part: number;
  #savedMs = savedMaxMs;
  #countedAt: number;

  /** @param part Of all time, above 0; 1: nobody ever waits. */
  constructor(clock: Clock, part: number) {
    this.#clock = clock;
    this.#part = part;
    this.#countedAt = clock.monotonic();
  }

  spend(ms: number): void {
    this.#savedMs -= ms;
  }

  /** Null: go on. Otherwise resolves when the next may be heard. */
  rest(): Promise<void> | null {
    const now = this.#clock.monotonic();
    const earnedMs = (now - this.#countedAt) * this.#part;
    this.#savedMs = Math.min(savedMaxMs, this.#savedMs + earnedMs);
    this.#countedAt = now;
    const owedMs = -this.#savedMs / this.#part;
    return this.#part < 1 && owedMs >= shortestWaitMs ? this.#clock.sleep(owedMs) : null;
  }
}
