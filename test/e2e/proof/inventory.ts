// What a tree holds, seen without any of the program's own code: every path with what stands there,
// and every content with how it can be found again.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Path → `file DIGEST`, `link TARGET` or `folder`. */
export type Inventory = ReadonlyMap<string, string>;

export const ours = '.syncmgr';

export function inventory(root: string, withTrash = false): Inventory {
  const found = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (path === ours && !withTrash) continue;
      if (entry.isDirectory()) {
        found.set(path, 'folder');
        walk(path);
      } else if (entry.isSymbolicLink()) {
        found.set(path, `link ${readlinkSync(join(root, path))}`);
      } else if (entry.isFile()) found.set(path, `file ${digest(join(root, path))}`);
    }
  };
  walk('');
  return found;
}

/** A file whose change time, size and number are those of before is not read again. */
const read = new Map<string, string>();

function digest(path: string): string {
  const { dev, ino, size, ctimeNs } = lstatSync(path, { bigint: true });
  const key = `${dev} ${ino} ${size} ${ctimeNs}`;
  const found = read.get(key) ?? createHash('sha1').update(readFileSync(path)).digest('hex');
  read.set(key, found);
  return found;
}

export const modeOf = (path: string) => lstatSync(path).mode & 0o7777;

/** Every content of files and links that is on one of the sides, or in one of the trashes. */
export function contents(roots: readonly string[], withTrash: boolean): ReadonlySet<string> {
  const all = roots.flatMap((root) => [...inventory(root, withTrash).values()]);
  return new Set(all.filter((what) => what !== 'folder'));
}

/** Bytes that still lie in the stage of a side; empty folders there cost nothing. */
export function leftovers(root: string): string[] {
  const stage = join(root, ours, 'stage');
  if (!existsSync(stage)) return [];
  return readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}
