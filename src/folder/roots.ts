// What a session needs to know of its two roots before it believes anything else about them.
import type { Filesystem } from '../ports/filesystem.ts';
import type { RootRef } from './batch.ts';
import { signsAbove, toolsSigned } from './core/other-tools.ts';
import { errnoOf, HeldFolders } from './held.ts';
import { type MarkerFound, readMarker } from './marker.ts';
import { reserved } from './reserved.ts';

export type RootFacts = RootPresent | RootAbsent;

export interface RootPresent extends RootRef {
  readonly state: 'present';
  readonly marker: MarkerFound;
  /** Nothing is in it but what is ours. */
  readonly empty: boolean;
  /** Other programs that synchronize it too, by what they left there or above (CC-03). */
  readonly others: readonly string[];
}

/**
 * `not-folder`: a file stands there; `link`: a link, which may lead elsewhere than it did (FS-06).
 * `unreadable`: this user may not look.
 */
export interface RootAbsent {
  readonly state: 'missing' | 'not-folder' | 'link' | 'unreadable';
  readonly path: string;
}

export function lookAtRoot(filesystem: Filesystem, path: string): RootFacts {
  try {
    const found = filesystem.stat(path);
    if (found === null) return { state: 'missing', path };
    if (found.kind === 'link') return { state: 'link', path };
    if (found.kind !== 'directory') return { state: 'not-folder', path };
    const { device, inode } = found;
    const held = new HeldFolders(filesystem.openFolder(path));
    try {
      const { names, unreadable } = held.at('').list();
      const empty = unreadable.length === 0 && names.every((name) => name === reserved.folder);
      const others = toolsSigned([...names, ...signsIn(filesystem, path)]);
      return { state: 'present', path, device, inode, marker: readMarker(held), empty, others };
    } finally {
      held.close();
    }
  } catch (thrown) {
    const code = errnoOf(thrown);
    if (code === 'ENOENT') return { state: 'missing', path };
    if (code === 'ENOTDIR') return { state: 'not-folder', path };
    if (code === 'EACCES' || code === 'EIO') return { state: 'unreadable', path };
    throw thrown;
  }
}

/** Those that stand in a folder above. */
function signsIn(filesystem: Filesystem, path: string): readonly string[] {
  const found: string[] = [];
  for (let cut = path.lastIndexOf('/'); cut >= 0; cut = path.lastIndexOf('/', cut - 1)) {
    const folder = path.slice(0, cut);
    found.push(...signsAbove.filter((name) => isThere(filesystem, `${folder}/${name}`)));
    if (cut === 0) break;
  }
  return found;
}

function isThere(filesystem: Filesystem, path: string): boolean {
  try {
    return filesystem.stat(path) !== null;
  } catch {
    return false;
  }
}

/** Whether one of the two real paths contains the other, or is it (FS-30). */
export function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
