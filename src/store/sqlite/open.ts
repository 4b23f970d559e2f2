// Opens the store's file, or makes it. A file that is not a sound store is renamed, never deleted,
// and a new one begun (DB-01); whoever opened it must then treat the past as unknown. Replacing
// happens under a right of its own, after a second look, because two processes may start at once.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncError } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import { Connection } from './connection.ts';
import { holdExclusively } from './exclusive.ts';
import { busyMs, storeFault } from './fault.ts';
import { type Finding, inspect } from './inspect.ts';
import { migrate } from './schema/migrate.ts';

/** What became of a file that was not a sound store. */
export interface StoreDamage {
  readonly reason: string;
  /** Where the file stands now. */
  readonly keptAs: string;
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
      return { connection: create(file), damage: { reason: finding.reason, keptAs } };
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

function flushFolder(file: string): void {
  try {
    flush(dirname(file), 'r');
  } catch {
    // Some systems cannot flush a folder; the renaming is repeated at the next start then.
  }
}

function flush(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
