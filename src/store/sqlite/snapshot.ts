// A copy of the store, at most a day old, beside it: when the store is found damaged, a person is
// told of the copy and how to go back to it (reliability DB-01, MT-15). Nothing goes back by itself:
// what ran since would be forgotten without a word.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';
import type { Connection } from './connection.ts';
import { holdExclusively } from './exclusive.ts';
import { flush } from './flush.ts';

export interface Snapshot {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
}

const dayMs = 86_400_000;

const copyOf = (file: string) => `${file}.copy`;

/** At closing. Reads every page, so that a copy of a damaged store never replaces a good one. */
export function keepSnapshot(connection: Connection, clock: Clock): void {
  const { file } = connection;
  if (!isDue(file, clock)) return;
  const release = holdExclusively(`${file}.opening`, 0);
  // Another process opens the store, or takes the copy.
  if (release === null) return;
  const making = `${copyOf(file)}.new`;
  try {
    rmSync(making, { force: true });
    connection.run('vacuum into ?', making);
    flush(making, 'r+');
    renameSync(making, copyOf(file));
  } finally {
    rmSync(making, { force: true });
    release();
  }
}

/** A store that is younger than a day has little to lose. */
function isDue(file: string, clock: Clock): boolean {
  const copy = statSync(copyOf(file), { throwIfNoEntry: false });
  const since = copy?.mtimeMs ?? statSync(file).birthtimeMs;
  return clock.now() - since >= dayMs;
}

/** Goes with the damaged file, so that the copies of the store that is begun do not replace it. */
export function setSnapshotAside(file: string, keptAs: string): Snapshot | null {
  if (!existsSync(copyOf(file))) return null;
  const path = copyOf(keptAs);
  renameSync(copyOf(file), path);
  return { path, takenAt: statSync(path).mtimeMs };
}
