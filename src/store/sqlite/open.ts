// Opens the store's file, or makes it. A file that is not a sound store is renamed, never deleted,
// and a new one begun (DB-01); whoever opened it must then treat the past as unknown. Replacing
// happens under a right of its own, after a second look, because two processes may start at once.
import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { syncError } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import { Connection } from './connection.ts';
import { holdExclusively } from './exclusive.ts';
import { busyMs, storeFault } from './fault.ts';
import { flush, flushFolder } from './flush.ts';
import { type Finding, inspect } from './inspect.ts';
import { migrate } from './schema/migrate.ts';
import { type Snapshot, setSnapshotAside } from './snapshot.ts';

/** What became of a file that was not a sound store. */
export interface StoreDamage {
  readonly reason: string;
  /** Where the file stands now. */
  readonly keptAs: string;
  /** The last good copy of it, if there is one. */
  readonly snapshot: Snapshot | null;
}

export interface Opened {
  readonly connection: Connection;
  readonly damage: StoreDamage | null;
}

/** Throws catalogue errors only. */
export function openFile(file: string, clock: Clock): Opened {
  try {
    return open(file, clock);
  } catch (error) {
    throw storeFault(error, file);
  }
}

function open(file: string, clock: Clock): Opened {
  const finding = inspect(file);
  if (finding.state === 'sound') return { connection: finding.connection, damage: null };
  if (finding.state === 'older') finding.connection.close();
  const release = holdExclusively(`${file}.opening`, busyMs);
  if (release === null) throw syncError('store-busy', { file });
  try {
    return replace(file, inspect(file), clock);
  } finally {
    release();
  }
}

function replace(file: string, finding: Finding, clock: Clock): Opened {
  switch (finding.state) {
    case 'sound':
      return { connection: finding.connection, damage: null };
    case 'older':
      migrate(finding.connection);
      return { connection: finding.connection, damage: null };
    case 'absent':
      return { connection: create(file), damage: null };
    case 'damaged': {
      const keptAs = setAside(file, clock);
      const snapshot = setSnapshotAside(file, keptAs);
      return { connection: create(file), damage: { reason: finding.reason, keptAs, snapshot } };
    }
  }
}

/** Made beside and renamed: nobody ever sees a file that is only half a store. */
function create(file: string): Connection {
  const making = `${file}.new`;
  for (const part of ['', '-wal', '-shm']) rmSync(making + part, { force: true });
  // Readable by its owner alone: settings and log lines are nobody else's.
  closeSync(openSync(making, 'wx', 0o600));
  const connection = new Connection(making);
  try {
    connection.exec('pragma synchronous = off');
    migrate(connection);
  } finally {
    connection.close();
  }
  flush(making, 'r+');
  renameSync(making, file);
  flushFolder(file);
  return new Connection(file);
}

/** The file's log and index go with it, so that it can still be opened where it stands then. */
function setAside(file: string, clock: Clock): string {
  const moment = new Date(clock.now()).toISOString().replaceAll(':', '').replace('.', '-');
  let keptAs = `${file}.damaged-${moment}`;
  for (let number = 2; existsSync(keptAs); number += 1) {
    keptAs = `${file}.damaged-${moment}-${number}`;
  }
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, keptAs + part);
  }
  flushFolder(file);
  return keptAs;
}
