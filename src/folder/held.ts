// Folders of one root, held open by path. Every name a job touches is reached from the root through
// these, so that no link in between is ever followed (MT-3), and a folder with a thousand entries is
// opened once: in one step where the system proves where that led, else one name at a time.
import type { Folder } from '../ports/filesystem.ts';

const heldMax = 128;

export class HeldFolders {
  readonly #root: Folder;
  /** In the order of last use, the root not among them. */
  readonly #held = new Map<string, Folder>();
  /**
   * Sync each folder before it is let go: where few things change, that is cheaper than a flush of
   * the file system, and elsewhere there is no flush.
   */
  syncing: boolean = false;

  constructor(root: Folder) {
    this.#root = root;
  }

  /** Throws what the disk says: ENOENT, ENOTDIR for a link or file on the way. */
  at(path: string): Folder {
    return this.#reach(path, null);
  }

  /** Makes what is missing on the way. */
  make(path: string, mode: number): Folder {
    return this.#reach(path, mode);
  }

  /** To be called after the folder was moved or removed: its handle would still work. */
  forget(path: string): void {
    for (const [held, folder] of this.#held) {
      if (held === path || held.startsWith(`${path}/`)) this.#release(held, folder);
    }
  }

  /**
   * Lets go of what was not used for long. Only between operations: a handle closed in the middle
   * of one could be another folder's by the next call.
   */
  trim(): void {
    for (const [path, folder] of this.#held) {
      if (this.#held.size <= heldMax) return;
      this.#release(path, folder);
    }
  }

  /** Lets go of all but the root: others may need the handles while nothing is done here. */
  rest(): void {
    for (const [path, folder] of this.#held) this.#release(path, folder);
  }

  close(): void {
    try {
      for (const [path, folder] of this.#held) this.#release(path, folder);
      if (this.syncing) this.#root.sync();
    } finally {
      for (const folder of this.#held.values()) folder.close();
      this.#root.close();
    }
  }

  #release(path: string, folder: Folder): void {
    this.#held.delete(path);
    try {
      if (this.syncing) folder.sync();
    } finally {
      folder.close();
    }
  }

  #reach(path: string, makeMode: number | null): Folder {
    if (path === '') return this.#root;
    const known = this.#held.get(path);
    if (known !== undefined) {
      this.#held.delete(path);
      this.#held.set(path, known);
      return known;
    }
    const folder = this.#open(path, makeMode);
    this.#held.set(path, folder);
    return folder;
  }

  #open(path: string, makeMode: number | null): Folder {
    const name = nameOf(path);
    if (makeMode !== null) return openOrMake(this.#reach(parentOf(path), makeMode), name, makeMode);
    const parent = parentOf(path);
    const isNear = parent === '' || this.#held.has(parent);
    const direct = isNear ? null : (this.#root.reach?.(path) ?? null);
    return direct ?? this.#reach(parent, null).open(name);
  }
}

function openOrMake(parent: Folder, name: string, makeMode: number): Folder {
  if (parent.stat(name) !== null) return parent.open(name);
  try {
    parent.makeFolder(name, makeMode);
  } catch (thrown) {
    // The other lane made it in this moment: both need the session's folder in the trash.
    if (errnoOf(thrown) !== 'EEXIST') throw thrown;
  }
  return parent.open(name);
}

export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Node has no name for this one, and makes a code of its number (FS-09). */
const unnamed: Readonly<Record<string, string>> = { 'Unknown system error -122': 'EDQUOT' };

export function errnoOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' ? (unnamed[code] ?? code) : 'EUNKNOWN';
}
