// What stands at some paths, as one text: alike as long as no name, kind, right or byte has changed.
// Times are left out; who only reads may change some.
import { syncError } from '../model/error.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { NewHasher } from '../ports/hasher.ts';

/** Throws `usage` where nothing stands at one of the paths: nothing would be proved by it. */
export function fingerprintOf(
  filesystem: Filesystem,
  newHasher: NewHasher,
  paths: readonly string[],
): string {
  const hasher = newHasher();
  const encoder = new TextEncoder();
  const add = (text: string) => hasher.update(encoder.encode(`${text}\n`));
  const look = (path: string): void => {
    const stat = filesystem.stat(path);
    add(`${path} ${stat?.kind ?? 'absent'} ${stat?.mode ?? 0}`);
    if (stat?.kind === 'link') add(filesystem.readLink(path));
    if (stat?.kind === 'file') hasher.update(filesystem.readFile(path));
    if (stat?.kind !== 'directory') return;
    for (const name of filesystem.list(path).names.toSorted()) look(`${path}/${name}`);
  };
  for (const path of paths) {
    if (filesystem.stat(path) === null) {
      throw syncError('usage', { what: `Nothing stands at ${path}, so it cannot be watched.` });
    }
    look(path);
  }
  return hasher.hex();
}
