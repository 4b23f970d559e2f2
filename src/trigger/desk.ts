// What a trigger needs of the rest: who takes part, and to start them. Which items are meant, and
// whether it may run now, is decided behind it, in one place for all triggers.
import type { ItemId } from '../model/item.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { AutomaticTrigger } from '../model/terms.ts';

export interface Taker {
  readonly partnership: Partnership;
  /** Null: whatever is ticked; else it does not take part itself, and these items of it do. */
  readonly items: readonly ItemId[] | null;
}

export interface TriggerDesk {
  /**
   * The enabled ones that take part in it.
   *
   * @param connection The one it comes with; left out: whichever is up.
   */
  takers(trigger: AutomaticTrigger, connection?: string): Promise<readonly Taker[]>;
  /** Resolves with the request that does it, once it is durable. */
  fire(trigger: AutomaticTrigger, taker: Taker, more?: FireMore): Promise<Request>;
  /** Hears what failed where nobody waits for the trigger. */
  fault(trigger: AutomaticTrigger, thrown: unknown): void;
}

export interface FireMore {
  readonly connection?: string;
  readonly key?: string;
}

/** One trigger, as the automation starts and stops it. */
export interface Trigger {
  /** Runs until the signal is aborted. Where it rejects it is run again, a while later. */
  run(signal: AbortSignal): Promise<void>;
}
