// The times of an item, read from the sessions it took part in. An attempt is no success, and a
// success is no change: three different moments (peers, pain 3).
import type { Instant } from '../api/shapes.ts';
import type { ItemId } from '../model/item.ts';
import type { Phase, Session } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { instant } from './shaping.ts';

export interface ItemHistory {
  readonly last: Phase | null;
  readonly lastAttempt: Instant | null;
  readonly lastSuccess: Instant | null;
  readonly lastChange: Instant | null;
}

const sessionsLookedAt = 200;

/** Null as the item: any item of the partnership. */
export async function historyOf(
  store: Store,
  partnership: string,
): Promise<(item: ItemId | null) => ItemHistory> {
  const sessions = await store.sessions.list({ partnership, limit: sessionsLookedAt });
  // A dry run and a declined trigger say nothing about how the item stands.
  const attempts = sessions.filter(({ phase }) => phase !== 'planned' && phase !== 'declined');
  return (item) => {
    const own = attempts.filter((session) => concerns(session, item));
    return {
      last: own[0]?.phase ?? null,
      lastAttempt: startOf(own[0]),
      lastSuccess: endOf(own.find((session) => succeeded(session, item))),
      lastChange: endOf(own.find(changedSomething)),
    };
  };
}

function concerns({ result }: Session, item: ItemId | null): boolean {
  if (item === null || result === null || result.items.length === 0) return true;
  return result.items.some((one) => one.item === item);
}

function succeeded({ result }: Session, item: ItemId | null): boolean {
  if (result === null) return false;
  if (item === null) return result.ending === 'succeeded';
  return result.items.some((one) => one.item === item && one.status === 'succeeded');
}

function changedSomething({ result }: Session): boolean {
  return result !== null && Object.values(result.counts).some((count) => count > 0);
}

const startOf = (session: Session | undefined) => (session ? instant(session.startedAt) : null);

const endOf = (session: Session | undefined) =>
  session?.endedAt == null ? null : instant(session.endedAt);
