// The manager has started.
import type { Trigger, TriggerDesk } from './desk.ts';

export class StartTrigger implements Trigger {
  readonly #desk: TriggerDesk;

  constructor(desk: TriggerDesk) {
    this.#desk = desk;
  }

  async run(): Promise<void> {
    for (const taker of await this.#desk.takers('start')) await this.#desk.fire('start', taker);
  }
}
