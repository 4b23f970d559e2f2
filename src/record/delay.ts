// What can be put off for a moment, because it may soon not be needed any more. One timer for all of it:
// nothing waits for longer than the moment, and some of it for less.
import type { Clock } from '../ports/clock.ts';

export class Delay {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #putOff = new Set<() => void>();
  #over: AbortController | null = null;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  put(work: () => void): void {
    this.#putOff.add(work);
    if (this.#over !== null) return;
    this.#over = new AbortController();
    void this.#wait(this.#over.signal);
  }

  /** It is not done any more. */
  drop(work: () => void): void {
    if (!this.#putOff.delete(work) || this.#putOff.size > 0) return;
    // A reason that nobody reads is not made: it would cost more than the rest of this.
    this.#over?.abort(null);
    this.#over = null;
  }

  async #wait(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(this.#ms, signal);
    if (signal.aborted) return;
    this.#over = null;
    const all = [...this.#putOff];
    this.#putOff.clear();
    for (const work of all) work();
  }
}
