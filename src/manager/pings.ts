// Signs of life of single runs, for a service that waits for them: that it has begun, that it succeeded,
// that it did not. They go out beside the run, in their order, and change nothing about it.
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { SessionResult } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunMoment } from '../ports/notifier.ts';
import type { Outside } from '../ports/outside.ts';
import { outcomeOf } from '../record/core/standing.ts';
import type { Faults } from './faults.ts';

/** Before each attempt: a sign that gets lost is a false alarm in the middle of the night. */
const waitsMs = [0, 2_000, 10_000];
const lastMs = 5_000;

export class Pings {
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #open: (() => Promise<Outside>) | null;
  #outside: Promise<Outside> | null = null;
  /** The last sign of each, while it is under way. */
  readonly #last = new Map<PartnershipId, Promise<void>>();
  readonly #over = new AbortController();

  /** `open` null: nobody can be told. */
  constructor(clock: Clock, faults: Faults, open: (() => Promise<Outside>) | null) {
    this.#clock = clock;
    this.#faults = faults;
    this.#open = open;
  }

  began(partnership: Partnership): void {
    this.#tell(partnership, 'start');
  }

  /** What counts as success is what makes it fresh. */
  ended(partnership: Partnership, request: Request, result: SessionResult): void {
    const outcome = outcomeOf(result);
    if (request.planOnly || outcome === 'nothing') return;
    this.#tell(partnership, outcome === 'success' ? 'success' : 'fail');
  }

  /** Those under way get a moment more. */
  async over(): Promise<void> {
    if (this.#last.size === 0) return;
    const out = new AbortController();
    const hurry = this.#clock.sleep(lastMs, out.signal).then(() => this.#over.abort());
    await Promise.all(this.#last.values());
    out.abort();
    await hurry;
  }

  #tell({ id, name, terms }: Partnership, moment: RunMoment): void {
    const { ping } = terms;
    if (ping === null || this.#open === null) return;
    this.#outside ??= this.#open();
    const before = this.#last.get(id) ?? Promise.resolve();
    const sent = before
      .then(() => this.#send(ping, moment))
      .catch((thrown: unknown) => this.#faults.tell(`tell whoever waits for ${name}`, thrown))
      .finally(() => {
        if (this.#last.get(id) === sent) this.#last.delete(id);
      });
    this.#last.set(id, sent);
  }

  async #send(address: string, moment: RunMoment): Promise<void> {
    const outside = await this.#outside;
    const { signal } = this.#over;
    let fault: unknown = null;
    for (const waitMs of waitsMs) {
      await this.#clock.sleep(waitMs, signal);
      try {
        return await outside?.beacon?.ran(address, moment, signal);
      } catch (thrown) {
        fault = thrown;
      }
      if (signal.aborted) break;
    }
    throw fault;
  }
}
