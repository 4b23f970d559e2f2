// What goes on by itself was asked for by nobody, so it has nobody to fail to: its faults are told to
// the log, once an hour each at most, and it goes on.
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { Clock } from '../ports/clock.ts';

const tellAgainMs = 60 * 60_000;
const knownMax = 100;
const againMs = 30_000;

export class Faults {
  readonly #clock: Clock;
  readonly #heard: (error: ErrorRecord) => void;
  readonly #told = new Map<string, number>();

  constructor(clock: Clock, heard: (error: ErrorRecord) => void) {
    this.#clock = clock;
    this.#heard = heard;
  }

  /** `what` ends the sentence “It failed to …”. */
  tell(what: string, thrown: unknown): void {
    const { text: reason } = errorRecord(thrown);
    const error = errorRecord(syncError('background-failed', { what, reason }, thrown));
    const now = this.#clock.monotonic();
    const last = this.#told.get(error.text);
    if (last !== undefined && now - last < tellAgainMs) return;
    if (this.#told.size >= knownMax) this.#told.clear();
    this.#told.set(error.text, now);
    this.#heard(error);
  }

  /** For work that nobody waits for. */
  readonly guard = (what: string, work: Promise<unknown>): void => {
    work.catch((thrown: unknown) => this.tell(what, thrown));
  };

  /** Begins anew, a while after it failed, until it ends well or the signal is aborted. */
  async keepGoing(
    what: string,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        return await run(signal);
      } catch (thrown) {
        this.tell(what, thrown);
      }
      await this.#clock.sleep(againMs, signal);
    }
  }
}
