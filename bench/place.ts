// Where it is measured: an ordinary file system of its own on a loop device where we are root, because
// that of a small virtual machine may have no journal and then behaves like no other; elsewhere a
// plain folder, and the result says so.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How each is made, and what the heading says of it. */
const kinds = {
  ext4: {
    make: 'mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 -N 4000000'.split(' '),
    words: 'ext4 with a journal on a loop device',
  },
  xfs: {
    make: 'mkfs.xfs -q -f -m reflink=1'.split(' '),
    words: 'XFS, where files can share blocks, on a loop device',
  },
  btrfs: {
    make: 'mkfs.btrfs -q -f'.split(' '),
    words: 'Btrfs, where files can share blocks, on a loop device',
  },
} as const;

export type DiskKind = keyof typeof kinds;

export function isDiskKind(word: string): word is DiskKind {
  return word in kinds;
}

export interface Place {
  readonly folder: string;
  /** What stands under the tables. */
  readonly description: string;
  remove(): void;
}

/** Throws where another kind than the usual is wanted and cannot be had. */
export function makePlace(parent = tmpdir(), kind: DiskKind = 'ext4'): Place {
  const home = mkdtempSync(join(parent, 'syncmgr-bench-'));
  const [image, folder] = [join(home, 'image'), join(home, 'disk')];
  mkdirSync(folder);
  const [program = '', ...rest] = kinds[kind].make;
  const mounted =
    process.getuid?.() === 0 &&
    run('truncate', '-s', '60G', image) &&
    run(program, ...rest, image) &&
    run('mount', '-o', 'loop', image, folder);
  if (!mounted && kind !== 'ext4') {
    rmSync(home, { recursive: true });
    throw new Error(`No ${kind} can be made here: it needs root and ${program}.`);
  }
  return {
    folder,
    description: mounted
      ? kinds[kind].words
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
