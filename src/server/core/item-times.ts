// The times of items, from the sessions they took part in, one after another. An attempt is no success, and
// a success is no change: three different moments (peers, pain 3).
import type { ItemId } from '../../model/item.ts';
import type { Phase, Session } from '../../model/session.ts';

/** In ms since 1970. */
export interface ItemTimes {
  readonly last: Phase | null;
  readonly attempt: number | null;
  readonly success: number | null;
  readonly change: number | null;
}

export interface PartnershipTimes {
  /** Of the partnership, whichever of its items it was. */
  readonly any: ItemTimes;
  /** Of an item that no session has named yet. */
  readonly unnamed: ItemTimes;
  readonly items: ReadonlyMap<ItemId, ItemTimes>;
  /** How long its last sessions took, in ms, oldest first. */
  readonly durations: readonly number[];
}

const none: ItemTimes = { last: null, attempt: null, success: null, change: null };
const durationsKept = 20;

export const noTimes: PartnershipTimes = {
  any: none,
  unnamed: none,
  items: new Map(),
  durations: [],
};

export const timesOf = ({ items, unnamed }: PartnershipTimes, item: ItemId): ItemTimes =>
  items.get(item) ?? unnamed;

/** What is known after these as well; `sessions`: oldest first, all later than those before. */
export function withSessions(
  before: PartnershipTimes,
  sessions: readonly Session[],
): PartnershipTimes {
  // A dry run and a declined trigger say nothing about how the item stands.
  const attempts = sessions.filter(({ phase }) => phase !== 'planned' && phase !== 'declined');
  if (attempts.length === 0) return before;
  let { any, unnamed } = before;
  const items = new Map(before.items);
  for (const session of attempts) {
    const { result } = session;
    any = after(any, session, result?.ending === 'succeeded');
    for (const { item, status } of result?.items ?? []) {
      items.set(item, after(items.get(item) ?? unnamed, session, status === 'succeeded'));
    }
    if (result !== null && result.items.length > 0) continue;
    // Before its items have ended a session is everybody's.
    unnamed = after(unnamed, session, false);
    for (const [item, times] of items) items.set(item, after(times, session, false));
  }
  const took = attempts.flatMap(({ startedAt, endedAt }) =>
    endedAt === null ? [] : [endedAt - startedAt],
  );
  return { any, unnamed, items, durations: [...before.durations, ...took].slice(-durationsKept) };
}

function after(before: ItemTimes, session: Session, succeeded: boolean): ItemTimes {
  const { phase, startedAt, endedAt } = session;
  return {
    last: phase,
    attempt: startedAt,
    success: succeeded ? endedAt : before.success,
    change: changedSomething(session) ? endedAt : before.change,
  };
}

function changedSomething({ result }: Session): boolean {
  return result !== null && Object.values(result.counts).some((count) => count > 0);
}
