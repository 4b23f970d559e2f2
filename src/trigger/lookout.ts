// Looks at the outer world for whoever has conditions. What was seen is good for a short while, so
// that two hundred partnerships with one condition look once.
import type { Conditions, ProbeTarget } from '../model/terms.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outside } from '../ports/outside.ts';
import type { Facts } from './core/conditions.ts';

const goodForMs = 5_000;
const probeLimitMs = 5_000;
const checkLimitMs = 30_000;

interface Sight {
  readonly at: number;
  readonly seen: Promise<unknown>;
}

export class Lookout {
  readonly #clock: Clock;
  readonly #open: (() => Promise<Outside>) | null;
  readonly #sights = new Map<string, Sight>();

  /** `open` null: nothing can be known. */
  constructor(clock: Clock, open: (() => Promise<Outside>) | null) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Something has changed: nothing seen before is good any more. */
  forget(): void {
    this.#sights.clear();
  }

  /** Only what the conditions ask for is looked at. Never rejects. */
  async look(conditions: Conditions): Promise<Facts> {
    const { metered, battery, networks, target, command } = conditions;
    const [network, power, answers, check] = await Promise.all([
      metered && networks.length === 0 ? null : this.#network(),
      battery === null ? null : this.#see('power', (outside) => outside.power.state()),
      target === null ? null : this.answers(target),
      command === null ? null : this.#check(command),
    ]);
    return { network, power, answers, check };
  }

  answers(target: ProbeTarget): Promise<boolean | null> {
    const look = (outside: Outside) => outside.network.probe(target, probeLimitMs);
    return this.#see(`probe ${JSON.stringify(target)}`, look);
  }

  #network() {
    return this.#see('network', (outside) => outside.network.state());
  }

  #check(command: readonly string[]): Promise<number | null> {
    const look = (outside: Outside) => outside.checks.run(command, checkLimitMs);
    return this.#see(`check ${JSON.stringify(command)}`, look);
  }

  async #see<T>(key: string, look: (outside: Outside) => Promise<T>): Promise<T | null> {
    const open = this.#open;
    if (open === null) return null;
    const now = this.#clock.monotonic();
    const known = this.#sights.get(key);
    if (known !== undefined && now - known.at < goodForMs) return known.seen as Promise<T | null>;
    const seen = open()
      .then(look)
      .catch(() => null);
    this.#sights.set(key, { at: now, seen });
    return seen;
  }
}
