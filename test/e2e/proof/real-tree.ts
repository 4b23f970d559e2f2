// A copy of trees that are on the machine anyway: names, links, sizes and depths that nobody thought of
// for a test.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** What comes with the system. */
export const system: readonly string[] = ['/usr/share', '/usr/lib', '/usr/include'];
/** Packages and history of this very checkout: deep trees, and thousands of names by content. */
export const checkout: readonly string[] = ['node_modules', '.git'].map((name) => join(root, name));

export interface Wanted {
  readonly origins: readonly string[];
  readonly entries: number;
  readonly bytes: number;
}

/** Copies what is in the origins until there are so many entries; how many there are in the end. */
export function copyRealTree(to: string, { origins, entries, bytes }: Wanted): number {
  let [count, size] = [0, 0];
  for (const origin of origins.filter((path) => existsSync(path))) {
    const place = join(to, basename(origin));
    mkdirSync(place);
    for (const name of readdirSync(origin).toSorted()) {
      if (count >= entries) return count;
      const path = join(origin, name);
      const kibibytes = Number(execFileSync('du', ['-sk', path]).toString().split('\t')[0]);
      if (size + kibibytes * 1024 > bytes) continue;
      execFileSync('cp', ['-a', path, join(place, name)]);
      size += kibibytes * 1024;
      count +=
        execFileSync('find', [path], { maxBuffer: 2 ** 28 })
          .toString()
          .split('\n').length - 1;
    }
  }
  return count;
}
