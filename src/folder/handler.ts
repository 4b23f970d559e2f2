// The folder handler: two folders and what they last agreed on, for the manager. Written against the
// same sdk as any other handler.
import { syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Handler, Watched } from '../ports/handler.ts';
import { defineHandler } from '../sdk/define.ts';
import { CleanPairs } from './clean.ts';
import { reservedName } from './core/path.ts';
import { errnoOf } from './held.ts';
import { RootTurns } from './root-turns.ts';
import { overlap } from './roots.ts';
import { FolderSession } from './session.ts';
import { type FolderSettings, parseSettings } from './settings.ts';
import { type HandlerWorld, pairItem } from './world.ts';

/** Ports in, handler out; compose.ts is the only caller. */
export function folderHandler(world: HandlerWorld): Handler {
  const beside = { clean: new CleanPairs(), turns: new RootTurns(world.locks) };
  const handler = defineHandler<FolderSession>({
    name: 'folder',
    title: 'Folders',
    open: async ({ partnership, settings, bandwidth, trigger }) => {
      const parsed = parseSettings(settings);
      refuseOverlaps(world, parsed);
      const session = new FolderSession(world, beside, {
        partnership: partnership.id,
        settings: parsed,
        byHand: trigger === 'manual',
      });
      session.setBandwidth(bandwidth ?? null);
      return session;
    },
    items: async ({ partnership }) => [{ id: pairItem, name: partnership.name }],
    prepare: (context, call) => context.state.prepare(context, call),
    synchronize: (context) => context.state.synchronize(context),
    pause: (context, paused) => context.state.pause(context, paused),
    setBandwidth: ({ state }, rate) => state.setBandwidth(rate),
    resolve: ({ state }, conflict, resolution) => state.resolve(conflict, resolution),
    undo: ({ state }, conflict, undo) => state.undo(conflict, undo),
    close: async ({ state }) => state.close(),
  });
  return { ...handler, watches };
}

/** Settings that are wrong are reported when it opens; until then there is nothing to watch. */
function watches(settings: JsonObject): Watched | null {
  try {
    const { left, right } = parseSettings(settings);
    return { roots: [left, right], ignored: [reservedName] };
  } catch {
    return null;
  }
}

/** By real paths: a link or another spelling must not hide that one contains the other (FS-30). */
function refuseOverlaps(world: HandlerWorld, { left, right }: FolderSettings): void {
  const real = { left: realPath(world, left), right: realPath(world, right) };
  if (overlap(real.left, real.right)) {
    throw syncError('folder-roots-overlap', { left, right });
  }
  const state = realPath(world, world.stateFolder);
  for (const path of [real.left, real.right]) {
    if (overlap(path, state)) throw syncError('folder-root-in-state', { path, state });
  }
}

/** What is not there yet cannot lead through a link; its absence is reported by prepare. */
function realPath({ filesystem }: HandlerWorld, path: string): string {
  try {
    return filesystem.realPath(path);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return path;
    throw thrown;
  }
}
