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

export interface PartnershipHistory {
  /** How long its last sessions took, in ms, oldest first. */
  readonly durationsMs: readonly number[];
  /** Null as the item: any item of the partnership. */
  of(item: ItemId | null): ItemHistory;
}

const durationsShown = 20;

export async function historyOf(store: Store, partnership: string): Promise<PartnershipHistory> {
  const sessions = await store.sessions.list({ partnership, limit: sessionsLookedAt });
  // A dry run and a declined trigger say nothing about how the item stands.
  const attempts = sessions.filter(({ phase }) => phase !== 'planned' && phase !== 'declined');
  const partsOf = partsByItem(attempts);
  return {
    durationsMs: attempts
      .flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]))
      .slice(0, durationsShown)
      .reverse(),
    of: (item) => {
      const own = partsOf(item);
      const [newest] = own;
      return {
        last: newest?.session.phase ?? null,
        lastAttempt: newest === undefined ? null : instant(newest.session.startedAt),
        lastSuccess: endOf(own.find(({ succeeded }) => succeeded)),
        lastChange: endOf(own.find(({ session }) => changedSomething(session))),
      };
    },
  };
}

/** What one session was for one item. */
interface Part {
  readonly session: Session;
  readonly succeeded: boolean;
}

/** Newest first. Each result is read once, however many items ask. */
function partsByItem(attempts: readonly Session[]): (item: ItemId | null) => readonly Part[] {
  const byItem = new Map<ItemId, Map<Session, Part>>();
  for (const session of attempts) {
    for (const { item, status } of session.result?.items ?? []) {
      const parts = byItem.get(item) ?? new Map<Session, Part>();
      byItem.set(item, parts.set(session, { session, succeeded: status === 'succeeded' }));
    }
  }
  return (item) => {
    const parts = item === null ? null : (byItem.get(item) ?? new Map<Session, Part>());
    return attempts.flatMap((session): readonly Part[] => {
      if (parts === null) return [{ session, succeeded: session.result?.ending === 'succeeded' }];
      const part = parts.get(session);
      if (part !== undefined) return [part];
      // Before its items have ended a session is everybody's.
      const isOfAll = session.result === null || session.result.items.length === 0;
      return isOfAll ? [{ session, succeeded: false }] : [];
    });
  };
}

function changedSomething({ result }: Session): boolean {
  return result !== null && Object.values(result.counts).some((count) => count > 0);
}

const endOf = (part: Part | undefined) =>
  part?.session.endedAt == null ? null : instant(part.session.endedAt);
