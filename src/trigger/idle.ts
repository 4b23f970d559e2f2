// Nobody uses the computer. Asked for from time to time, and only if somebody wants to know.
import type { PartnershipId } from '../model/partnership.ts';
import type { Clock } from '../ports/clock.ts';
import type { Idleness } from '../ports/idleness.ts';
import type { Power } from '../ports/power.ts';
import { idleFires, type Quiet } from './core/idle.ts';
import type { Trigger, TriggerDesk } from './desk.ts';

export interface IdlePorts {
  readonly desk: TriggerDesk;
  readonly idleness: Idleness;
  readonly power: Power;
  readonly clock: Clock;
}

const askEveryMs = 30_000;

export class IdleTrigger implements Trigger {
  readonly #ports: IdlePorts;
  readonly #firedAt = new Map<PartnershipId, number>();

  constructor(ports: IdlePorts) {
    this.#ports = ports;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    while (!signal.aborted) {
      await this.#look();
      await clock.sleep(askEveryMs, signal);
    }
  }

  async #look(): Promise<void> {
    const { desk, clock } = this.#ports;
    const takers = await desk.takers('idle');
    if (takers.length === 0) return;
    const quiet = await this.#quiet();
    const now = clock.now();
    for (const taker of takers) {
      const { id, terms } = taker.partnership;
      if (!idleFires(terms.idle, quiet, now, this.#firedAt.get(id) ?? null)) continue;
      this.#firedAt.set(id, now);
      await desk.fire('idle', taker);
    }
  }

  async #quiet(): Promise<Quiet> {
    const { idleness, power } = this.#ports;
    const [idleMs, { onBattery }] = await Promise.all([idleness.idleMs(), power.state()]);
    return { idleMs, load: idleness.load(), onBattery };
  }
}
