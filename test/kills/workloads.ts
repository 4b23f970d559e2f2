// What is to be brought over while the program is killed: every kind of change that the engine knows,
// few of each, so that every single call can be the last one.
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The same folder on both sides. */
export interface Two {
  readonly left: string;
  readonly right: string;
}

export interface Workload {
  readonly name: string;
  /** Words after `sync LEFT RIGHT`. */
  readonly words: readonly string[];
  /** What both sides hold before, written on the left; null: two folders that never met. */
  readonly base: ((left: string) => void) | null;
  readonly change: (two: Two) => void;
}

/** The kernel copies a file of that size. */
const large = 'large enough for the kernel. '.repeat(11_000);

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** At a time that is known: a conflict copy, for one, has it in its name. */
function writeThen(folder: string, name: string, text: string, hour: number): void {
  write(folder, { [name]: text });
  const time = new Date(Date.UTC(2026, 0, 2, hour));
  utimesSync(join(folder, name), time, time);
}

const first: Workload = {
  name: 'first',
  words: [],
  base: null,
  change: ({ left, right }) => {
    write(left, { 'a.txt': 'a', 'dir/b.txt': 'b', 'dir/sub/c.txt': 'c', 'big.bin': large });
    write(right, { 'd.txt': 'd', 'other/e.txt': 'e' });
    // Of what is the same on both sides the time is not carried.
    writeThen(left, 'both.txt', 'both', 1);
    writeThen(right, 'both.txt', 'both', 1);
    mkdirSync(join(left, 'empty'));
    symlinkSync('a.txt', join(right, 'link'));
  },
};

const edits: Workload = {
  name: 'edits',
  words: ['--approve'],
  base: (left) => {
    write(left, {
      'edited.txt': 'old',
      'edited-right.txt': 'old',
      'big.bin': `${large}old`,
      'doomed.txt': 'doomed',
      'doomed/in.txt': 'in',
      'doomed/deep/in.txt': 'deep in',
      'kind.txt': 'a file',
      'mode.txt': 'mode',
    });
    symlinkSync('nowhere', join(left, 'link'));
  },
  change: ({ left, right }) => {
    write(left, {
      'edited.txt': 'new',
      'big.bin': `${large}new`,
      'new/deep/in.txt': 'new in',
      'new/by.txt': 'new by',
    });
    write(right, { 'edited-right.txt': 'new on the right', 'new-right.txt': 'right' });
    rmSync(join(left, 'doomed'), { recursive: true });
    rmSync(join(right, 'doomed.txt'));
    rmSync(join(left, 'kind.txt'));
    write(left, { 'kind.txt/now.txt': 'a folder' });
    chmodSync(join(right, 'mode.txt'), 0o640);
    rmSync(join(left, 'link'));
    symlinkSync('edited.txt', join(left, 'link'));
  },
};

const moves: Workload = {
  name: 'moves',
  words: ['--approve'],
  base: (left) =>
    write(left, {
      'from.txt': 'moved to another name',
      'from/one.txt': 'one of a folder that moves',
      'from/two.txt': 'two of a folder that moves',
      'this.txt': 'this changes places',
      'that.txt': 'that changes places, too',
      'lower.txt': 'only its case',
      'home/far.txt': 'goes far away',
    }),
  change: ({ left, right }) => {
    renameSync(join(left, 'from.txt'), join(left, 'to.txt'));
    renameSync(join(right, 'from'), join(right, 'to'));
    write(right, { 'to/three.txt': 'three came after' });
    renameSync(join(left, 'this.txt'), join(left, 'aside.txt'));
    renameSync(join(left, 'that.txt'), join(left, 'this.txt'));
    renameSync(join(left, 'aside.txt'), join(left, 'that.txt'));
    renameSync(join(right, 'lower.txt'), join(right, 'Lower.txt'));
    mkdirSync(join(left, 'away', 'far'), { recursive: true });
    renameSync(join(left, 'home', 'far.txt'), join(left, 'away', 'far', 'far.txt'));
  },
};

const conflicts: Workload = {
  name: 'conflicts',
  words: ['--approve', '--conflict', 'copy'],
  base: (left) =>
    write(left, { 'both.txt': 'base', 'edit-delete.txt': 'base', 'delete-edit.txt': 'base' }),
  change: ({ left, right }) => {
    writeThen(left, 'both.txt', 'left changed it', 3);
    writeThen(right, 'both.txt', 'right changed it, too', 4);
    writeThen(left, 'new.txt', 'left made it', 5);
    writeThen(right, 'new.txt', 'right made another', 6);
    writeThen(left, 'edit-delete.txt', 'edited', 7);
    rmSync(join(right, 'edit-delete.txt'));
    rmSync(join(left, 'delete-edit.txt'));
    writeThen(right, 'delete-edit.txt', 'edited on the right', 8);
  },
};

/** More than are made durable one by one: one flush serves them all. */
const many: Workload = {
  name: 'many',
  words: ['--approve'],
  base: (left) => {
    for (let at = 0; at < 12; at += 1) write(left, { [`old-${at}.txt`]: `old ${at}` });
  },
  change: ({ left, right }) => {
    for (let at = 0; at < 12; at += 1) write(left, { [`old-${at}.txt`]: `changed ${at}` });
    for (let at = 0; at < 12; at += 1) write(right, { [`wide/new-${at}.txt`]: `new ${at}` });
  },
};

export const workloads: readonly Workload[] = [first, edits, moves, conflicts, many];
