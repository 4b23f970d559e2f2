// What the watch over folders can say of them, if there is one. Sessions tell when they begin and end.
import type { PartnershipId } from '../model/partnership.ts';

export interface Watcher {
  sessionBegins(id: PartnershipId): void;
  sessionSucceeded(id: PartnershipId): void;
  isUntouched(id: PartnershipId): boolean;
}

export class WatchBook {
  #watcher: Watcher | null = null;

  /** Null: nobody watches any more. */
  use(watcher: Watcher | null): void {
    this.#watcher = watcher;
  }

  /** A session begins; whether nothing has changed since the last one that succeeded began. */
  begin(id: PartnershipId): boolean {
    const isUntouched = this.#watcher?.isUntouched(id) ?? false;
    this.#watcher?.sessionBegins(id);
    return isUntouched;
  }

  succeeded(id: PartnershipId): void {
    this.#watcher?.sessionSucceeded(id);
  }
}
