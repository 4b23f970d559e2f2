// One path on one side, as it is at this moment.
import type { RootRef } from './batch.ts';
import type { Entry } from './core/entry.ts';
import { signatureOf } from './core/signature.ts';
import { errnoOf, nameOf, parentOf } from './held.ts';
import { openRoot } from './lane.ts';
import { contentOf } from './recheck.ts';
import type { FolderWorld } from './world.ts';

export interface InspectInput {
  readonly root: RootRef;
  readonly path: string;
}

/** Null: nothing is there, or nothing that can be synchronized. */
export function inspectPath(world: FolderWorld, { root, path }: InspectInput): Entry | null {
  const held = openRoot(world.filesystem, root);
  try {
    const folder = held.at(parentOf(path));
    const found = folder.stat(nameOf(path));
    if (found === null) return null;
    const content = contentOf(found, () => folder.readLink(nameOf(path)));
    if (content === null) return null;
    return { ...content, signature: signatureOf(found, world.clock.now()) };
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return null;
    throw thrown;
  } finally {
    held.close();
  }
}
