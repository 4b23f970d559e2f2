// Wakes whoever waits to look at something again.
import type { Clock } from '../ports/clock.ts';

export class Bell {
  readonly #clock: Clock;
  #rung = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung.resolve();
    this.#rung = Promise.withResolvers();
  }

  /** Until it rings, so much time has passed, or the signal is aborted. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const end = () => over.abort();
    signal.addEventListener('abort', end, { once: true });
    await Promise.race([this.#rung.promise, this.#clock.sleep(ms, over.signal)]);
    end();
    signal.removeEventListener('abort', end);
  }
}
