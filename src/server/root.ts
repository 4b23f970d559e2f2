// A folder a person named, by its real path, or where it would stand if somebody made it.
import { syncError } from '../model/error.ts';
import type { Filesystem } from '../ports/filesystem.ts';

export interface Root {
  readonly path: string;
  readonly exists: boolean;
}

/** Throws `usage` for what is no folder, `not-found` where not even its parent is there. */
export function rootAt(filesystem: Filesystem, path: string): Root {
  const real = realPath(filesystem, path);
  if (real === null) return { path: futurePath(filesystem, path), exists: false };
  if (filesystem.stat(real)?.kind === 'directory') return { path: real, exists: true };
  throw syncError('usage', { what: `${path} is not a folder.` });
}

function realPath(filesystem: Filesystem, path: string): string | null {
  try {
    return filesystem.realPath(path);
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code === 'ENOENT') return null;
    throw syncError('usage', { what: `${path} cannot be opened: ${String(thrown)}` }, thrown);
  }
}

/** Null for what is not there, or cannot be reached: whoever uses it will say so. */
export function realPathIfThere(filesystem: Filesystem, path: string): string | null {
  try {
    return filesystem.realPath(path);
  } catch {
    return null;
  }
}

function futurePath(filesystem: Filesystem, path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
  const name = trimmed.slice(cut + 1);
  const parent = realPath(filesystem, cut < 0 ? '.' : trimmed.slice(0, cut) || '/');
  if (parent === null || name === '' || name === '..') {
    throw syncError('not-found', { what: `The folder ${path}` });
  }
  return parent.endsWith('/') ? parent + name : `${parent}/${name}`;
}
