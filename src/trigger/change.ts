// Something has changed in a folder. Being told is a hint and never the whole truth: when a watch
// cannot be had, breaks, or has missed something, that is said, and scans at an interval take its
// place; one scan at a long interval there is always.
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { TouchedRoot } from '../model/touched.ts';
import type { Clock } from '../ports/clock.ts';
import type { Watched } from '../ports/handler.ts';
import type { Watching } from '../ports/watching.ts';
import type { Taker, Trigger, TriggerDesk } from './desk.ts';
import { FolderWatch, type WatchState } from './folder-watch.ts';

export interface ChangePorts {
  readonly desk: TriggerDesk;
  readonly watching: Watching;
  readonly clock: Clock;
  /** What its handler wants to be watched; null: nothing. */
  watched(partnership: Partnership): Promise<Watched | null>;
  /** Partnerships may be others than before. */
  whenAsked(signal: AbortSignal): Promise<void>;
  /** How well it is watched has changed. */
  health(partnership: PartnershipId, state: WatchState): void;
}

export class ChangeTrigger implements Trigger {
  readonly #ports: ChangePorts;
  readonly #watches = new Map<
    PartnershipId,
    { readonly of: string; readonly watch: FolderWatch }
  >();

  constructor(ports: ChangePorts) {
    this.#ports = ports;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#follow(await this.#ports.desk.takers('change'));
      if (!signal.aborted) await this.#ports.whenAsked(signal);
    }
    await Promise.all([...this.#watches.values()].map(({ watch }) => watch.close()));
    this.#watches.clear();
  }

  watches(): readonly (readonly [PartnershipId, WatchState])[] {
    return [...this.#watches].map(([id, { watch }]) => [id, watch.state] as const);
  }

  /** A session of it begins: what is told from now on may be news to the next. */
  sessionBegins(id: PartnershipId): void {
    this.#watches.get(id)?.watch.sessionBegins();
  }

  sessionSucceeded(id: PartnershipId): void {
    this.#watches.get(id)?.watch.sessionSucceeded();
  }

  async touched(id: PartnershipId): Promise<readonly TouchedRoot[] | null> {
    return (await this.#watches.get(id)?.watch.touched()) ?? null;
  }

  async #follow(takers: readonly Taker[]): Promise<void> {
    const wanted = new Map(takers.map((taker) => [taker.partnership.id, taker]));
    const gone = [...this.#watches].filter(
      ([id, { of }]) => of !== identity(wanted.get(id)?.partnership),
    );
    for (const [id, { watch }] of gone) {
      this.#watches.delete(id);
      await watch.close();
    }
    for (const [id, taker] of wanted) if (!this.#watches.has(id)) await this.#begin(taker);
  }

  async #begin(taker: Taker): Promise<void> {
    const { partnership } = taker;
    const { id, terms } = partnership;
    const { desk, clock, watching, health } = this.#ports;
    const watch = new FolderWatch({
      clock,
      watching,
      terms: terms.change,
      fire: async () => void (await desk.fire('change', taker)),
      health: (state) => health(id, state),
      fault: (thrown) => desk.fault('change', thrown),
    });
    this.#watches.set(id, { of: identity(partnership), watch });
    const watched = await this.#ports.watched(partnership);
    await watch.open(watched ?? { roots: [], ignored: [] });
  }
}

const identity = (partnership: Partnership | undefined): string =>
  partnership === undefined
    ? ''
    : JSON.stringify([partnership.handler, partnership.settings, partnership.terms.change]);
