// Whether what is on the disk now is still what the plan saw: the last look before every change
// (reliability FS-13, FS-14).
//
// The change time of a file with several names says nothing: it moves whenever any of its names
// does, our own moving of another name to the trash included.
import type { Folder, Stat } from '../ports/filesystem.ts';
import { type Content, carriedModes, type Entry, type Signature } from './core/entry.ts';

const kinds = { file: 'file', folder: 'directory', link: 'link' } as const;

/**
 * `moved`: by this plan itself, which changed the change time. Permissions are asked for only where
 * that time proves nothing: a disk without them shows its own, and not those agreed on (FS-22).
 */
export function unchanged(
  found: Stat | null,
  expected: Entry,
  moved: boolean = false,
): found is Stat {
  if (found?.kind !== kinds[expected.kind]) return false;
  const { signature } = expected;
  if (found.inode !== signature.inode) return false;
  // A folder's times tell of its names only, and each of those has its own check.
  if (expected.kind === 'folder') return true;
  const still = found.mtimeMs === signature.mtimeMs && (moved || sameChange(found, signature));
  if (expected.kind === 'link') return still;
  const unstamped = moved || found.ctimeMs === signature.ctimeMs;
  const sameMode = unstamped || (found.mode & carriedModes) === expected.mode;
  return still && sameMode && found.size === expected.size;
}

/**
 * What stands at the name, if that is unchanged. A link that was moved is made anew where it moves to,
 * so it is known there by its target.
 */
export function unchangedAt(
  folder: Folder,
  name: string,
  expected: Entry,
  moved: boolean = false,
): Stat | null {
  const found = folder.stat(name);
  const isStill: boolean = unchanged(found, expected, moved);
  if (isStill) return found;
  const isLink = moved && expected.kind === 'link' && found?.kind === 'link';
  return isLink && folder.readLink(name) === expected.target ? found : null;
}

function sameChange(found: Stat, signature: Signature): boolean {
  return found.links > 1 || found.ctimeMs === signature.ctimeMs;
}

/** Whether nobody touched the file between two looks at it. */
export function heldStill(before: Stat, after: Stat): boolean {
  return (
    before.size === after.size &&
    before.mtimeMs === after.mtimeMs &&
    (before.ctimeMs === after.ctimeMs || after.links > 1)
  );
}

/** What stands on the disk, as content; null for what cannot be synchronized. */
export function contentOf(found: Stat, linkTarget: () => string): Content | null {
  const mode = found.mode & carriedModes;
  if (found.kind === 'directory') return { kind: 'folder', mode };
  if (found.kind === 'link') return { kind: 'link', target: linkTarget() };
  if (found.kind !== 'file') return null;
  const { size, mtimeMs } = found;
  return { kind: 'file', size, mtimeMs, mode, digest: null };
}
