// What the watch over folders can say of them, if there is one. Sessions tell when they begin and end.
import type { PartnershipId } from '../model/partnership.ts';
import type { TouchedRoot } from '../model/touched.ts';

export interface Watcher {
  /** Where something may have changed since the last clean session began; null: anywhere. */
  touched(id: PartnershipId): Promise<readonly TouchedRoot[] | null>;
  sessionBegins(id: PartnershipId): void;
  sessionSucceeded(id: PartnershipId): void;
}

export class WatchBook {
  #watcher: Watcher | null = null;

  /** Null: nobody watches any more. */
  use(watcher: Watcher | null): void {
    this.#watcher = watcher;
  }

  /** A session begins; whether nothing has changed since the last clean one began. */
  async begin(id: PartnershipId): Promise<boolean> {
    const touched = await this.touched(id);
    this.#watcher?.sessionBegins(id);
    return touched?.every(({ paths }) => paths.length === 0) ?? false;
  }

  async touched(id: PartnershipId): Promise<readonly TouchedRoot[] | null> {
    return (await this.#watcher?.touched(id)) ?? null;
  }

  /** Of a session that looked for itself, and at all items. */
  succeeded(id: PartnershipId): void {
    this.#watcher?.sessionSucceeded(id);
  }
}
