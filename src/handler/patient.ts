// Patience with one open handler: sees what it reports, and when nothing moves while it is at work,
// says so to a person and then tells it to stop. Both hosts use it: a handler in this process only
// where the configuration says so, because it may rightly work for hours without a word (mobsync A26).
import { syncError } from '../model/error.ts';
import type { HandlerPatience } from '../model/handler-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Callback, Pass } from '../ports/handler.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { judge, type Marks, moves, type Signs } from './core/patience.ts';

/** How long after it was told to stop it may take until it is given up. */
const graceMs = 30_000;

export interface PatientPorts {
  readonly clock: Clock;
  readonly handler: string;
  readonly patience: HandlerPatience;
}

export class Patient {
  readonly #ports: PatientPorts;
  readonly #marks: Marks = new Map();
  readonly #stuck = new AbortController();
  #signs: Signs = { movedAt: 0, isWarned: false };
  /** When its process was last heard of; null where it is ours. */
  #aliveAt: number | null = null;
  #callback: Callback | null = null;
  /** Questions to a person that wait, and pauses: meanwhile no time passes. */
  #holds = 0;

  constructor(ports: PatientPorts) {
    this.#ports = ports;
  }

  /** The callback as the handler is to see it. */
  attach(callback: Callback): Callback {
    this.#callback = callback;
    const stuck = this.#stuck.signal;
    const held = this.#held.bind(this);
    return {
      progress: (item, report) => {
        const answer = callback.progress(item, report);
        if (report !== null && answer !== 'unknown-item' && moves(this.#marks, item, report)) {
          this.moved();
        }
        return stuck.aborted && answer !== 'detached' ? 'stop' : answer;
      },
      signal: (item) => AbortSignal.any([callback.signal(item), stuck]),
      log: (entry) => callback.log(entry),
      withdraw: (errorId) => callback.withdraw(errorId),
      takeFloor: () => callback.takeFloor(),
      returnFloor: () => callback.returnFloor(),
      ask: (form) => held(callback.ask(form)),
      connect: (name) => held(callback.connect(name)),
      conflict: (draft) => callback.conflict(draft),
      decide: (draft) => held(callback.decide(draft)),
      conflictsSeen: (item, complete) => callback.conflictsSeen(item, complete),
    };
  }

  /** It came a step further. */
  moved(): void {
    this.#signs = { movedAt: this.#ports.clock.monotonic(), isWarned: false };
  }

  /** Its process says that it is well: no movement, but worth telling whoever wonders. */
  alive(): void {
    this.#aliveAt = this.#ports.clock.monotonic();
  }

  pause(paused: boolean): void {
    this.#holds += paused ? 1 : -1;
    this.moved();
  }

  /** Rejects with `handler-stuck` when nothing moved for too long and a stop did not help. */
  async watch<T>(call: () => Promise<Pass<T>>): Promise<Pass<T>> {
    const over = new AbortController();
    const settled = () => over.abort();
    const work = call().catch((thrown: unknown) => {
      over.abort();
      throw thrown;
    });
    const lost = this.#lost(over.signal);
    lost.catch(() => {});
    const pass = await Promise.race([work, lost]);
    if (!('pending' in pass)) {
      over.abort();
      return pass;
    }
    const pending = Promise.resolve(pass.pending);
    pending.then(settled, settled);
    const result = Promise.race([pending, lost]).then((value) => {
      // What it says of work that it was made to break off is worth nothing.
      if (this.#stuck.signal.aborted) return lost;
      return value;
    });
    return { pending: result };
  }

  async #lost(over: AbortSignal): Promise<never> {
    const { clock, handler } = this.#ports;
    this.moved();
    const forMs = await this.#untilStuck(over);
    const limit = formatDuration(forMs);
    this.#say(`Nothing has moved for ${limit}: ${handler} is told to stop.`);
    this.#stuck.abort();
    await clock.sleep(graceMs, over);
    throw syncError('handler-stuck', { handler, limit });
  }

  /** Stays pending when the work is over before. */
  async #untilStuck(over: AbortSignal): Promise<number> {
    const { clock, handler, patience } = this.#ports;
    while (!over.aborted) {
      if (this.#holds > 0) this.moved();
      const judgement = judge(this.#signs, patience, clock.monotonic());
      if (judgement.is === 'stuck') return judgement.forMs;
      if (judgement.is === 'slow') {
        this.#signs = { ...this.#signs, isWarned: true };
        this.#say(
          `Nothing has moved for ${formatDuration(judgement.forMs)}: ${handler} may hang.${this.#lastSign()}`,
        );
      } else await clock.sleep(judgement.lookInMs, over);
    }
    return new Promise(() => {});
  }

  #lastSign(): string {
    if (this.#aliveAt === null) return '';
    const ago = formatDuration(this.#ports.clock.monotonic() - this.#aliveAt);
    return ` Its process was last heard of ${ago} ago.`;
  }

  async #held<T>(waiting: Promise<T>): Promise<T> {
    this.#holds += 1;
    try {
      return await waiting;
    } finally {
      this.#holds -= 1;
      this.moved();
    }
  }

  #say(text: string): void {
    this.#callback?.log({
      item: null,
      level: 'warning',
      text,
      errorId: null,
      jump: false,
      subject: null,
      code: null,
    });
  }
}
