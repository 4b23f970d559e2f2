// Named rights between processes. Each name has an empty database whose exclusive transaction is
// the right, and beside it a small file with the holder's process id, for people only: whether the
// right is held is never read from it (DB-06). The files stay: removing one is a race.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Lock, Locks } from '../../ports/lock.ts';
import { shortHash } from '../../stdx/short-hash.ts';
import { holdExclusively } from './exclusive.ts';

/** `folder` is made if absent; every process that shall be kept out uses the same one. */
export function openLocks({ folder }: { readonly folder: string }): Locks {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { tryLock: (name) => tryLock(join(folder, fileName(name)), name) };
}

function tryLock(path: string, name: string): Lock | { readonly heldBy: number | null } {
  const release = holdExclusively(`${path}.lock`, 0);
  if (release === null) return { heldBy: readPid(`${path}.pid`) };
  writeFileSync(`${path}.pid`, `${process.pid}\n`);
  return { name, release };
}

/** Null in the moment between somebody's taking the right and writing the file. */
function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}

/** Plain names stay readable. Others could mislead as file names; two that share one only wait. */
function fileName(name: string): string {
  return /^[a-z0-9][a-z0-9-]{0,99}$/.test(name) ? name : `_${shortHash(name)}`;
}
