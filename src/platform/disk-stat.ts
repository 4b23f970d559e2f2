// The one call the whole program waits for: lstat. Kept as thin as Node allows, because a scan makes
// it once per entry.
import { lstatSync, type Stats } from 'node:fs';
import type { Stat } from '../ports/filesystem.ts';

const quiet = { throwIfNoEntry: false } as const;

const kinds = new Map<number, Stat['kind']>([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'link'],
]);

/** Null when absent, also when a parent is no folder. */
export function statAt(path: string): Stat | null {
  try {
    const found = lstatSync(path, quiet);
    return found === undefined ? null : statOf(found);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

export function statOf(found: Stats): Stat {
  return {
    kind: kinds.get(found.mode & 0o170000) ?? 'other',
    size: found.size,
    mode: found.mode & 0o7777,
    mtimeMs: found.mtimeMs,
    ctimeMs: found.ctimeMs,
    inode: found.ino,
    device: found.dev,
    links: found.nlink,
  };
}

/** An error of ours that looks like one of the system's. */
export function diskError(code: string, what: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${what}, '${path}'`), { code, path });
}

export function codeOf(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' ? code : null;
}
