// The folders in a folder, for whoever chooses one. In a thread: a disk that went away holds nobody up.
import type { Filesystem, Folder } from '../ports/filesystem.ts';

/** What a person still finds something in. */
const listedMax = 5_000;

export interface FoldersHere {
  /** By its real path. */
  readonly path: string;
  /** Null: there is nothing above. */
  readonly parent: string | null;
  readonly folders: readonly string[];
  readonly more: boolean;
}

/** Null: it is no folder, or may not be looked into. */
export function listFolders(filesystem: Filesystem, wanted: string): FoldersHere | null {
  try {
    const path = filesystem.realPath(wanted);
    const folder = filesystem.openFolder(path);
    try {
      const folders = folder.list().names.filter((name) => leadsOn(filesystem, folder, path, name));
      folders.sort((one, other) => one.localeCompare(other));
      return {
        path,
        parent: parentOf(path),
        folders: folders.slice(0, listedMax),
        more: folders.length > listedMax,
      };
    } finally {
      folder.close();
    }
  } catch {
    return null;
  }
}

function parentOf(path: string): string | null {
  if (/^([\\/]|[A-Za-z]:[\\/]?)$/.test(path)) return null;
  const above = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
  if (above === '') return '/';
  return /^[A-Za-z]:$/.test(above) ? `${above}\\` : above;
}

function leadsOn(filesystem: Filesystem, folder: Folder, path: string, name: string): boolean {
  try {
    const kind = folder.stat(name)?.kind;
    if (kind !== 'link') return kind === 'directory';
    const target = filesystem.realPath(path.endsWith('/') ? path + name : `${path}/${name}`);
    return filesystem.stat(target)?.kind === 'directory';
  } catch {
    return false;
  }
}
