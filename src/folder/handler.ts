// The folder handler: two folders and what they last agreed on, for the manager.
import { syncError } from '../model/error.ts';
import type { Handler, HandlerSession, Opening } from '../ports/handler.ts';
import { errnoOf } from './held.ts';
import { overlap } from './roots.ts';
import { FolderSession, type HandlerWorld } from './session.ts';
import { type FolderSettings, parseSettings } from './settings.ts';

/** Ports in, handler out; compose.ts is the only caller. */
export function folderHandler(world: HandlerWorld): Handler {
  return {
    name: 'folder',
    async open(opening: Opening): Promise<HandlerSession> {
      const settings = parseSettings(opening.settings);
      refuseOverlaps(world, settings);
      return new FolderSession(world, opening, settings);
    },
  };
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
