// What is kept, and how it stands.
import type { Client } from '../api/client.ts';
import type { ItemShape, PartnershipDraft } from '../api/shapes.ts';
import { errorRecord, syncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { handlerShapes } from './handler-facts.ts';
import { historyOf, type ItemHistory } from './item-history.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { ensurePair } from './pair.ts';
import { realPathIfThere } from './root.ts';
import { instantOrNull, partnershipShape, pauseShape } from './shaping.ts';

type Verbs = Pick<
  Client,
  'partnerships' | 'items' | 'handlers' | 'enableHandler' | 'pair' | 'add' | 'remove' | 'setEnabled'
>;

/** `passing`: ids of partnerships that are to be gone when the client is closed. */
export function partnershipVerbs(deps: LocalDeps, passing: Set<string>): Verbs {
  const { store, configuration } = deps;
  return {
    partnerships: async () => (await store.partnerships.list()).map(partnershipShape),
    items: async (name) => {
      const partnerships =
        name === undefined ? await store.partnerships.list() : [await findPartnership(store, name)];
      return (await Promise.all(partnerships.map((one) => itemsOf(deps, one)))).flat();
    },
    handlers: () => handlerShapes(deps),
    enableHandler: async (name) => {
      if (!deps.handlers().includes(name)) throw syncError('handler-unknown', { handler: name });
      await deps.programs.enable(name);
    },
    pair: (draft) => ensurePair(deps, draft, passing),
    add: async (draft) => {
      const { id, file } = await configuration.add(withRealRoots(deps.filesystem, draft));
      return { ...partnershipShape(await findPartnership(store, id)), file };
    },
    remove: async (name) => {
      const partnership = await findPartnership(store, name);
      await configuration.remove(partnership);
      await deps.manager.remove(partnership.id);
    },
    setEnabled: async (name, enabled) => {
      const partnership = await findPartnership(store, name);
      await configuration.setEnabled(partnership, enabled);
      await deps.manager.put({ ...partnership, enabled });
    },
  };
}

/** A folder that was named through a link is kept as what it is: where a link leads may change. */
function withRealRoots(filesystem: Filesystem, draft: PartnershipDraft): PartnershipDraft {
  const { pair } = draft;
  if (pair === null) return draft;
  const left = realPathIfThere(filesystem, pair.left) ?? pair.left;
  const right = realPathIfThere(filesystem, pair.right) ?? pair.right;
  return { ...draft, pair: { ...pair, left, right } };
}

type Listed = Pick<ItemShape, 'name' | 'checked' | 'hasProperties' | 'handlerHasProperties'>;

const withoutProperties = { hasProperties: false, handlerHasProperties: false };

async function itemsOf(deps: LocalDeps, partnership: Partnership): Promise<readonly ItemShape[]> {
  const { store, manager } = deps;
  const [fresh, standing, history, conflicts, plans] = await Promise.all([
    manager.freshness(partnership.id),
    store.standings.get(partnership.id),
    historyOf(store, partnership.id),
    store.conflicts.list({ partnership: partnership.id, states: ['open'] }),
    store.plans.list({ partnership: partnership.id, states: ['open'] }),
  ]);
  const waiting = plans.find((plan) => plan.halts.length > 0);
  const shared = {
    partnership: { id: partnership.id, name: partnership.name },
    handler: partnership.handler,
    enabled: partnership.enabled,
    adHoc: partnership.adHoc,
    nextRun: instantOrNull(fresh.nextRunAt),
    waitingPlan: waiting?.hash ?? null,
    paused: pauseShape(standing.pause, deps.clock.now()),
    staleSince: instantOrNull(fresh.staleSince),
    durationsMs: history.durationsMs,
  };
  const shape = (
    { id, ...facts }: Listed & { readonly id: string },
    times: ItemHistory,
  ): ItemShape => ({
    ...shared,
    ...times,
    ...facts,
    item: id,
    openConflicts: conflicts.filter((conflict) => conflict.item === id).length,
    error: null,
  });
  try {
    const described = await manager.describe(partnership.id, 'manual');
    const items = described?.items ?? [];
    const handlerHasProperties = described?.info.hasProperties === true;
    return items.map(({ id, name, ticked: checked, hasProperties }) =>
      shape({ id, name, checked, hasProperties, handlerHasProperties }, history.of(id)),
    );
  } catch (thrown) {
    const facts = { id: '', name: partnership.name, checked: true, ...withoutProperties };
    const line = shape(facts, history.of(null));
    return [{ ...line, openConflicts: conflicts.length, error: errorRecord(thrown) }];
  }
}
