// Where it is measured: an ordinary ext4 of its own on a loop device where we are root, because the
// file system of a small virtual machine may have no journal and then behaves like no other;
// elsewhere a plain folder, and the result says so.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Place {
  readonly folder: string;
  /** What stands under the tables. */
  readonly description: string;
  remove(): void;
}

export function makePlace(parent = tmpdir()): Place {
  const home = mkdtempSync(join(parent, 'syncmgr-bench-'));
  const [image, folder] = [join(home, 'image'), join(home, 'disk')];
  mkdirSync(folder);
  const mounted =
    process.getuid?.() === 0 &&
    run('truncate', '-s', '60G', image) &&
    run(
      'mkfs.ext4',
      '-q',
      '-F',
      '-E',
      'lazy_itable_init=0,lazy_journal_init=0',
      '-N',
      '4000000',
      image,
    ) &&
    run('mount', '-o', 'loop', image, folder);
  return {
    folder,
    description: mounted
      ? 'ext4 with a journal on a loop device'
      : 'a plain folder (no root, so no file system of its own)',
    remove: () => {
      if (mounted) run('umount', '--lazy', folder);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function run(program: string, ...rest: readonly string[]): boolean {
  return spawnSync(program, rest, { stdio: 'ignore' }).status === 0;
}
