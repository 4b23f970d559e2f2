// A copy of trees that come with the system: names, links, sizes and depths that nobody thought of
// for a test.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const origins = ['/usr/share', '/usr/lib'];

/** Copies top folders until there are so many entries; how many there are in the end. */
export function copyRealTree(to: string, entries: number, bytes: number): number {
  let [count, size] = [0, 0];
  for (const origin of origins.filter((path) => existsSync(path))) {
    mkdirSync(join(to, origin), { recursive: true });
    for (const name of readdirSync(origin).toSorted()) {
      if (count >= entries) return count;
      const path = join(origin, name);
      const kibibytes = Number(execFileSync('du', ['-sk', path]).toString().split('\t')[0]);
      if (size + kibibytes * 1024 > bytes) continue;
      execFileSync('cp', ['-a', path, join(to, origin, name)]);
      size += kibibytes * 1024;
      count +=
        execFileSync('find', [path], { maxBuffer: 2 ** 28 })
          .toString()
          .split('\n').length - 1;
    }
  }
  return count;
}
