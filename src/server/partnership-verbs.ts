// What is kept, and how it stands.
import type { Client } from '../api/client.ts';
import type { PartnershipDraft } from '../api/shapes.ts';
import { syncError } from '../model/error.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { handlerShapes } from './handler-facts.ts';
import { ItemHistories } from './item-history.ts';
import { itemShapes } from './item-shapes.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { ensurePair } from './pair.ts';
import { realPathIfThere } from './root.ts';
import { partnershipShape } from './shaping.ts';

type Verbs = Pick<
  Client,
  'partnerships' | 'items' | 'handlers' | 'enableHandler' | 'pair' | 'add' | 'remove' | 'setEnabled'
>;

/** `passing`: ids of partnerships that are to be gone when the client is closed. */
export function partnershipVerbs(deps: LocalDeps, passing: Set<string>): Verbs {
  const { store, configuration } = deps;
  const histories = new ItemHistories(store);
  return {
    partnerships: async () => (await store.partnerships.list()).map(partnershipShape),
    items: async (name) => {
      const partnerships =
        name === undefined ? await store.partnerships.list() : [await findPartnership(store, name)];
      if (name === undefined) histories.keepOnly(new Set(partnerships.map(({ id }) => id)));
      return itemShapes(deps, histories, partnerships);
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
