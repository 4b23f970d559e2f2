// How long a program may take, and how long it may be quiet. Time that it was paused does not count.
import type { Clock } from '../ports/clock.ts';

export interface Limits {
  readonly timeoutMs: number | null;
  readonly silenceMs: number | null;
}

export type Overrun = 'timeout' | 'silence';

export class Watchdog {
  readonly #clock: Clock;
  readonly #limits: Limits;
  #pausedMs = 0;
  #pausedAt: number | null = null;
  readonly #begunMs: number;
  #heardMs: number;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#begunMs = this.#activeMs();
    this.#heardMs = this.#begunMs;
  }

  heard(): void {
    this.#heardMs = this.#activeMs();
  }

  pause(paused: boolean): void {
    const now = this.#clock.monotonic();
    if (paused) this.#pausedAt ??= now;
    else if (this.#pausedAt !== null) {
      this.#pausedMs += now - this.#pausedAt;
      this.#pausedAt = null;
    }
  }

  /** Calls back once, with the limit that passed first, unless aborted before. */
  async watch(signal: AbortSignal, passed: (limit: Overrun) => void): Promise<void> {
    const { timeoutMs, silenceMs } = this.#limits;
    while (!signal.aborted) {
      const now = this.#activeMs();
      const left = {
        timeout: (timeoutMs ?? Number.POSITIVE_INFINITY) - (now - this.#begunMs),
        silence: (silenceMs ?? Number.POSITIVE_INFINITY) - (now - this.#heardMs),
      };
      if (left.timeout <= 0 || left.silence <= 0) {
        passed(left.timeout <= 0 ? 'timeout' : 'silence');
        return;
      }
      await this.#clock.sleep(Math.min(left.timeout, left.silence, longestNapMs), signal);
    }
  }

  #activeMs(): number {
    const now = this.#clock.monotonic();
    return now - this.#pausedMs - (this.#pausedAt === null ? 0 : now - this.#pausedAt);
  }
}

const longestNapMs = 60_000;
