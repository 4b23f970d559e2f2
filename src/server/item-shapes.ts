// The items of partnerships, and how each stands. What can be read for all partnerships at once is read once.
import type { ItemShape } from '../api/shapes.ts';
import { errorRecord } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { PlanHash } from '../model/plan.ts';
import { type ItemTimes, type PartnershipTimes, timesOf } from './core/item-times.ts';
import type { ItemHistories } from './item-history.ts';
import type { LocalDeps } from './local-deps.ts';
import { instantOrNull, pauseShape } from './shaping.ts';

export async function itemShapes(
  deps: LocalDeps,
  histories: ItemHistories,
  partnerships: readonly Partnership[],
): Promise<readonly ItemShape[]> {
  const waits = await waitingIn(deps, partnerships);
  const items: Promise<readonly ItemShape[]>[] = [];
  for (const one of partnerships) {
    // One after another: the sessions of one are forgotten before those of the next are read.
    const history = await histories.of(one.id);
    items.push(itemsOf(deps, one, { waits: waits.of(one.id), history }));
  }
  return (await Promise.all(items)).flat();
}

/** What waits for a person in one partnership. */
interface Waits {
  readonly conflicts: ReadonlyMap<ItemId, number>;
  readonly plan: PlanHash | null;
}

async function waitingIn(
  { store }: LocalDeps,
  partnerships: readonly Partnership[],
): Promise<{ of(partnership: PartnershipId): Waits }> {
  const [first, another] = partnerships;
  const filter = first === undefined || another !== undefined ? {} : { partnership: first.id };
  const [open, plans] = await Promise.all([
    store.conflicts.countOpen(filter),
    store.plans.list({ ...filter, states: ['open'] }),
  ]);
  const conflicts = Map.groupBy(open, ({ partnership }) => partnership);
  const halted = Map.groupBy(
    plans.filter(({ halts }) => halts.length > 0),
    ({ partnership }) => partnership,
  );
  return {
    of: (id) => ({
      conflicts: new Map(conflicts.get(id)?.map(({ item, count }) => [item, count])),
      plan: halted.get(id)?.[0]?.hash ?? null,
    }),
  };
}

type Listed = Pick<ItemShape, 'name' | 'checked' | 'hasProperties' | 'handlerHasProperties'>;

const withoutProperties = { hasProperties: false, handlerHasProperties: false };

interface Past {
  readonly waits: Waits;
  readonly history: PartnershipTimes;
}

async function itemsOf(
  deps: LocalDeps,
  partnership: Partnership,
  { waits: { conflicts, plan }, history }: Past,
): Promise<readonly ItemShape[]> {
  const { store, manager } = deps;
  const [fresh, standing] = await Promise.all([
    manager.freshness(partnership.id),
    store.standings.get(partnership.id),
  ]);
  const shared = {
    partnership: { id: partnership.id, name: partnership.name },
    handler: partnership.handler,
    enabled: partnership.enabled,
    adHoc: partnership.adHoc,
    nextRun: instantOrNull(fresh.nextRunAt),
    waitingPlan: plan,
    paused: pauseShape(standing.pause, deps.clock.now()),
    staleSince: instantOrNull(fresh.staleSince),
    durationsMs: history.durations,
  };
  const shape = (
    { id, ...facts }: Listed & { readonly id: string },
    { last, attempt, success, change }: ItemTimes,
  ): ItemShape => ({
    ...shared,
    last,
    lastAttempt: instantOrNull(attempt),
    lastSuccess: instantOrNull(success),
    lastChange: instantOrNull(change),
    ...facts,
    item: id,
    openConflicts: conflicts.get(id) ?? 0,
    error: null,
  });
  try {
    const described = await manager.describe(partnership.id, 'manual');
    const items = described?.items ?? [];
    const handlerHasProperties = described?.info.hasProperties === true;
    return items.map(({ id, name, ticked: checked, hasProperties }) =>
      shape({ id, name, checked, hasProperties, handlerHasProperties }, timesOf(history, id)),
    );
  } catch (thrown) {
    const facts = { id: '', name: partnership.name, checked: true, ...withoutProperties };
    const line = shape(facts, history.any);
    const openConflicts = [...conflicts.values()].reduce((sum, count) => sum + count, 0);
    return [{ ...line, openConflicts, error: errorRecord(thrown) }];
  }
}
