// The manager has started.
import type { PartnershipId } from '../model/partnership.ts';
import type { Trigger, TriggerDesk } from './desk.ts';

export class StartTrigger implements Trigger {
  readonly #desk: TriggerDesk;
  readonly #fired = new Set<PartnershipId>();

  constructor(desk: TriggerDesk) {
    this.#desk = desk;
  }

  async run(): Promise<void> {
    for (const taker of await this.#desk.takers('start')) {
      const { id } = taker.partnership;
      // Run again after a fault, it goes on where it was.
      if (this.#fired.has(id)) continue;
      await this.#desk.fire('start', taker);
      this.#fired.add(id);
    }
  }
}
