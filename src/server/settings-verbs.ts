// Setting things up: files by their keys, ticks, and what a person needs to choose.
import type { SettingsClient } from '../api/settings-client.ts';
import type { ConnectionShape, KeptFile, TicksShape } from '../api/settings-shapes.ts';
import { takesPart, ticked } from '../manager/preferences.ts';
import { syncError } from '../model/error.ts';
import type { ItemPreference } from '../model/item.ts';
import type { TriggerKind } from '../model/trigger.ts';
import { greetHandler } from './handler-facts.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { notifyWayShapes } from './notify-way-shapes.ts';
import { withoutSecrets } from './shaping.ts';

export function settingsVerbs(deps: LocalDeps): SettingsClient {
  const { store, configuration, clock, manager } = deps;
  const fileOf = async (name: string | null) =>
    name === null ? 'main' : findPartnership(store, name);
  return {
    file: async (name) => shown(await configuration.file(await fileOf(name)), name),
    editFile: async (name, keys, version) =>
      shown(await configuration.editFile(await fileOf(name), keys, version ?? null), name),
    undoFile: async (name) => shown(await configuration.undoFile(await fileOf(name)), name),
    preview: (draft) => configuration.preview(draft),
    nextRuns: async ({ partnership, ...draft }) => {
      const now = clock.now();
      const madeAt =
        partnership === undefined ? now : (await findPartnership(store, partnership)).createdAt;
      // Calendars are much to load for the many runs that never ask.
      const { nextRuns } = await import('./next-runs.ts');
      return nextRuns({ ...draft, zone: draft.zone ?? clock.zone() }, now, madeAt);
    },
    ticks: (name, trigger, connection) => ticksOf(deps, name, trigger, connection),
    setTicks: async (name, { trigger, connection, ticked: wanted }) => {
      const { id } = await findPartnership(store, name);
      const preferences = Object.entries(wanted).map(
        ([item, checked]): ItemPreference => ({
          partnership: id,
          item,
          trigger,
          connection,
          checked,
        }),
      );
      await manager.setPreferences(preferences);
      return ticksOf(deps, name, trigger, connection);
    },
    connections: () => connectionsOf(deps),
    folders: async (path) => {
      const listing = await deps.listFolders(path);
      if (listing === null) throw syncError('not-found', { what: `The folder ${path ?? '~'}` });
      return listing;
    },
    greetHandler: (name) => greetHandler(deps, name),
    notifyWays: async () => notifyWayShapes(deps.notifyWays()),
    openProperties: async (name, item) =>
      manager.openProperties((await findPartnership(store, name)).id, item),
  };
}

/** The rest of the main file is about programs, tokens and addresses: nobody's but its owner's. */
function shown({ fixed, ...file }: KeptFile, name: string | null): KeptFile {
  return { ...file, fixed: name === null ? {} : withoutSecrets(fixed) };
}

async function ticksOf(
  { store, manager }: LocalDeps,
  name: string,
  trigger: TriggerKind,
  connection: string | null,
): Promise<TicksShape> {
  const partnership = await findPartnership(store, name);
  const preferences = await store.preferences.list(partnership.id);
  const described = await manager.describe(partnership.id, trigger);
  const byItself = takesPart(partnership, [], trigger);
  const items = ticked(described?.items ?? [], preferences, trigger, byItself, connection);
  return {
    trigger,
    connection,
    byItself,
    items: items.map(({ id, name: own, ticked: isTicked }) => ({
      id,
      name: own,
      ticked: isTicked,
    })),
  };
}

async function connectionsOf(deps: LocalDeps): Promise<readonly ConnectionShape[]> {
  const { connections } = await deps.network();
  const here = connections.map((one): ConnectionShape => ({ ...one, up: true }));
  const partnerships = await deps.store.partnerships.list();
  const kept = await Promise.all(partnerships.map(({ id }) => deps.store.preferences.list(id)));
  const names = new Set(kept.flat().flatMap(({ connection }) => connection ?? []));
  for (const { name } of here) names.delete(name);
  const away = [...names].map(
    (name): ConnectionShape => ({
      name,
      kind: null,
      ssid: null,
      gateway: null,
      addresses: [],
      up: false,
    }),
  );
  return [...here, ...away];
}
