// Putting files and names on the disk at once.
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folder that the file is in: its name, rather than its content. */
export function flushFolder(file: string): void {
  try {
    flush(dirname(file), 'r');
  } catch {
    // Some systems cannot flush a folder; the renaming is repeated at the next start then.
  }
}

export function flush(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
