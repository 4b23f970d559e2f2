// Removes a folder of ours with all that is in it: stages left by a crash, trash whose time is over.
// Links in it are removed, never followed; what cannot be removed stays for the next time.
import type { Folder } from '../ports/filesystem.ts';
import { asidePrefix } from './core/path.ts';
import { errnoOf, type HeldFolders } from './held.ts';
import { reserved } from './reserved.ts';
import { trashTime } from './trash.ts';

const dayMs = 86_400_000;

/** No batch runs when this is called, so whatever is there is left over (FS-26). */
export function emptyStage(root: HeldFolders): void {
  const stage = openIfThere(root, reserved.stage);
  if (stage === null) return;
  for (const name of stage.list().names) removeAll(stage, name);
}

/** 0 days keep everything. */
export function emptyTrash(root: HeldFolders, days: number, now: number): void {
  if (days === 0) return;
  const trash = openIfThere(root, reserved.trash);
  if (trash === null) return;
  for (const name of trash.list().names) {
    const time = name.startsWith(asidePrefix) ? changedAt(trash, name) : trashTime(name);
    if (time !== null && time < now - days * dayMs) removeAll(trash, name);
  }
}

/** When it stepped aside: the rename moved its change time. */
function changedAt(trash: Folder, name: string): number | null {
  return trash.stat(name)?.ctimeMs ?? null;
}

function openIfThere(root: HeldFolders, path: string): Folder | null {
  try {
    return root.at(path);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' || errnoOf(thrown) === 'ENOTDIR') return null;
    throw thrown;
  }
}

/** The folder, file or link of that name. */
export function removeAll(folder: Folder, name: string): void {
  if (folder.stat(name)?.kind !== 'directory') {
    folder.unlink(name);
    return;
  }
  const inside = folder.open(name);
  try {
    for (const each of inside.list().names) removeAll(inside, each);
  } finally {
    inside.close();
  }
  folder.removeFolder(name);
}
