// Facts about the computer and this process, for the examination.
import { readFileSync } from 'node:fs';
import process from 'node:process';

export interface MachineFacts {
  readonly system: string;
  readonly node: string;
  readonly sqlite: string;
  /** Folders one user may watch at the same time; null where there is no such limit. */
  readonly watchesMax: number | null;
  /** Bits a file of this process is born without. */
  readonly umask: number;
}

export function machineFacts(): MachineFacts {
  return {
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? '0',
    watchesMax: readNumber('/proc/sys/fs/inotify/max_user_watches'),
    umask: process.umask(),
  };
}

function readNumber(file: string): number | null {
  try {
    const number = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(number) ? number : null;
  } catch {
    return null;
  }
}
