// The trash of a side: what a session replaced or deleted, under the path it had, in one folder per
// session named for the time. It lies inside the root, so that moving there is a rename on the same
// file system and costs no bytes.
import type { Folder, Stat } from '../ports/filesystem.ts';
import type { Side } from './core/entry.ts';
import type { Deletion, Replacement } from './core/plan.ts';
import { errnoOf, type HeldFolders, nameOf, parentOf } from './held.ts';
import type { Lane } from './lane.ts';
import { unchanged, unchangedAt } from './recheck.ts';
import { Refusal } from './refusal.ts';
import { reserved, reservedMode } from './reserved.ts';

/** `20261120T101530Z-1a2b3c4d`: sorts by time, and two sessions in one second differ. */
export function trashName(now: number, uuid: string): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${uuid.replaceAll('-', '').slice(-8)}`;
}

/** When the folder of that name was made, in milliseconds since 1970; null if not one of ours. */
export function trashTime(name: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{8}$/.exec(name);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  if (year === undefined || month === undefined) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Moves what stands at the path to the trash folder `trash` and answers where it is now. What is found
 * there afterwards is compared again: somebody may have put another file under the name between the
 * last look and the rename, and that one goes back (I4).
 */
export function toTrash(lane: Lane, transition: Deletion | Replacement): string {
  const { side, path, expected, moved } = transition;
  const held = lane.held[side];
  const from = held.at(parentOf(path));
  const name = nameOf(path);
  const found = unchangedAt(from, name, expected, moved);
  if (found === null) throw new Refusal('folder-target-changed');
  const place = placeInTrash(held, lane.trash, path);
  lane.patience.insist(() => from.rename(name, place.folder, place.name));
  // The rename itself moved the change time.
  const left = place.folder.stat(place.name);
  if (unchanged(left, { ...expected, signature: found }, true)) return place.path;
  putBack(place.folder, place.name, from, name);
  throw new Refusal('folder-target-changed');
}

/** Makes room at a path of ours without losing what an interrupted session left there. */
export function shelve(lane: Lane, side: Side, path: string): void {
  const held = lane.held[side];
  const from = held.at(parentOf(path));
  if (from.stat(nameOf(path)) === null) return;
  const place = placeInTrash(held, lane.trash, `aside/${nameOf(path)}`);
  lane.patience.insist(() => from.rename(nameOf(path), place.folder, place.name));
}

/**
 * Takes away the old name of something that has another by now. Somebody may have put another file
 * under it since the last look, or have taken the other name away: what leaves is looked at, and goes
 * back if it is not `moved`, or the last of it (I1).
 */
export function retire(
  lane: Lane,
  side: Side,
  path: string,
  moved: Stat,
  hasOther: () => boolean,
): void {
  const held = lane.held[side];
  const from = held.at(parentOf(path));
  const place = placeInTrash(held, lane.trash, path);
  lane.patience.insist(() => from.rename(nameOf(path), place.folder, place.name));
  const found = place.folder.stat(place.name);
  if (found?.inode !== moved.inode || !hasOther()) {
    putBack(place.folder, place.name, from, nameOf(path));
    return;
  }
  try {
    place.folder.unlink(place.name);
  } catch {
    // The old name is gone, and a trash may hold more than it has to.
  }
}

/** Under the original path if that is free, else numbered: a trash never replaces anything. */
function placeInTrash(held: HeldFolders, trash: string, path: string) {
  const folderPath = [reserved.trash, trash, parentOf(path)]
    .filter((part) => part !== '')
    .join('/');
  const folder = held.make(folderPath, reservedMode);
  const base = nameOf(path);
  let name = base;
  for (let number = 2; folder.stat(name) !== null; number += 1) name = `${number}~${base}`;
  return { folder, name, path: `${folderPath}/${name}` };
}

/** Never over anything: whoever took the name meanwhile keeps it, and the trash keeps ours. */
export function putBack(trash: Folder, name: string, to: Folder, toName: string): void {
  if (to.stat(toName) !== null) return;
  try {
    const kind = trash.stat(name)?.kind;
    if (kind === 'file' || kind === 'link') {
      if (kind === 'file') trash.link(name, to, toName);
      else to.makeLink(toName, trash.readLink(name));
      trash.unlink(name);
      return;
    }
  } catch (thrown) {
    if (errnoOf(thrown) === 'EEXIST') return;
  }
  trash.rename(name, to, toName);
}
