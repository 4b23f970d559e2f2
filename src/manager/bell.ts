// Wakes whoever waits to look at something again.
import type { Clock } from '../ports/clock.ts';

export class Bell {
  readonly #clock: Clock;
  #next = Promise.withResolvers<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    const rung = this.#next;
    this.#next = Promise.withResolvers();
    rung.resolve();
  }

  /**
   * Waits until it rings, so much time has passed, or the signal is aborted. A ring between two waits
   * ends the second at once: what was looked at meanwhile may have been too early.
   */
  ear(): (ms: number, signal: AbortSignal) => Promise<void> {
    let awaited = this.#next.promise;
    return async (ms, signal) => {
      if (signal.aborted) return;
      const over = new AbortController();
      const end = () => over.abort(null);
      signal.addEventListener('abort', end, { once: true });
      await Promise.race([awaited, this.#clock.sleep(ms, over.signal)]);
      awaited = this.#next.promise;
      end();
      signal.removeEventListener('abort', end);
    };
  }
}
