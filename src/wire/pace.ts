// So much in a second and no more: who sends too fast is heard later, and the rest waits where it is.
import type { Clock } from '../ports/clock.ts';

/** How often within a second the pace is looked at: no burst is longer than this part of one. */
const steps = 20;

export class Pace {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #began = Number.NEGATIVE_INFINITY;
  #spent = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Null: go on. Otherwise resolves when the next may be taken. */
  spend(amount: number): Promise<void> | null {
    this.#spent += amount;
    if (this.#spent * steps < this.#perSecond) return null;
    const now = this.#clock.monotonic();
    const dueMs = this.#began + (this.#spent / this.#perSecond) * 1_000 - now;
    this.#spent = 0;
    this.#began = now + Math.max(0, dueMs);
    return dueMs > 0 ? this.#clock.sleep(dueMs) : null;
  }
}
