// Some paths on one side, as they are at this moment.
import type { RootRef } from './batch.ts';
import type { Entry } from './core/entry.ts';
import { signatureOf } from './core/signature.ts';
import { errnoOf, type HeldFolders, nameOf, parentOf } from './held.ts';
import { openRoot } from './lane.ts';
import { contentOf } from './recheck.ts';
import type { FolderWorld } from './world.ts';

export interface InspectInput {
  readonly root: RootRef;
  readonly paths: readonly string[];
}

/** In the order of the paths. Null: nothing is there, or nothing that can be synchronized. */
export function inspectPaths(
  world: FolderWorld,
  { root, paths }: InspectInput,
): readonly (Entry | null)[] {
  const held = openRoot(world.filesystem, root);
  try {
    return paths.map((path) => {
      held.trim();
      return inspectPath(world, held, path);
    });
  } finally {
    held.close();
  }
}

function inspectPath({ clock }: FolderWorld, held: HeldFolders, path: string): Entry | null {
  try {
    const folder = held.at(parentOf(path));
    const found = folder.stat(nameOf(path));
    if (found === null) return null;
    const content = contentOf(found, () => folder.readLink(nameOf(path)));
    if (content === null) return null;
    return { ...content, signature: signatureOf(found, clock.now()) };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return null;
    throw thrown;
  }
}
