// The history of each partnership, as the list of items shows it. It is read once and then followed: of ten
// thousand items with a year of runs each look would read a hundred thousand sessions otherwise.
import type { PartnershipId } from '../model/partnership.ts';
import { isEnding, type Session, type SessionId } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { noTimes, type PartnershipTimes, withSessions } from './core/item-times.ts';

const sessionsLookedAt = 200;

/** What has ended does not change any more, and what began before it neither. */
interface Known {
  readonly newest: SessionId;
  readonly times: PartnershipTimes;
}

export class ItemHistories {
  readonly #store: Pick<Store, 'sessions'>;
  readonly #known = new Map<PartnershipId, Known>();

  constructor(store: Pick<Store, 'sessions'>) {
    this.#store = store;
  }

  async of(partnership: PartnershipId): Promise<PartnershipTimes> {
    const known = this.#known.get(partnership) ?? null;
    if (known !== null) {
      const [newest] = await this.#store.sessions.list({ partnership, limit: 1 });
      if (newest?.id === known.newest) return known.times;
    }
    const newestFirst = await this.#store.sessions.list({ partnership, limit: sessionsLookedAt });
    const seen = newestFirst.findIndex(({ id }) => id === known?.newest);
    const news = (seen === -1 ? newestFirst : newestFirst.slice(0, seen)).toReversed();
    return this.#follow(partnership, seen === -1 ? null : known, news);
  }

  /** Of partnerships that are gone nothing is kept. */
  keepOnly(partnerships: ReadonlySet<PartnershipId>): void {
    for (const id of this.#known.keys()) if (!partnerships.has(id)) this.#known.delete(id);
  }

  #follow(id: PartnershipId, known: Known | null, news: readonly Session[]): PartnershipTimes {
    const firstActive = news.findIndex(({ phase }) => !isEnding(phase));
    const ended = firstActive === -1 ? news : news.slice(0, firstActive);
    const times = withSessions(known?.times ?? noTimes, ended);
    const newest = ended.at(-1)?.id ?? known?.newest;
    if (newest === undefined) this.#known.delete(id);
    else this.#known.set(id, { newest, times });
    return withSessions(times, news.slice(ended.length));
  }
}
