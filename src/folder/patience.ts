// A name that somebody holds for a moment (a scanner, an indexer, a program that just starts) is tried
// again before it is a problem (FS-12). The time for that is one for a whole batch, so that a thousand
// names that stay held cost no more than one.
import { errnoOf } from './held.ts';
import type { Meter } from './meter.ts';

const patienceMs = 1000;
const firstPauseMs = 20;
const passing: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'ETXTBSY']);

export class Patience {
  readonly #meter: Meter;
  #leftMs = patienceMs;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** For a rename: what it throws in the end is what it threw last. */
  insist(rename: () => void): void {
    for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
      try {
        rename();
        return;
      } catch (thrown) {
        const again = passing.has(errnoOf(thrown)) && this.#leftMs > 0 && !this.#meter.stopped;
        if (!again) throw thrown;
      }
      const ms = Math.min(pauseMs, this.#leftMs);
      this.#leftMs -= ms;
      this.#meter.wait(ms);
    }
  }
}
