// The store in a file, for one computer: any number of its processes may have it open at once.
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { type ErrorRecord, errorRecord, syncError } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { networkDisk } from '../core/network-disk.ts';
import { isOlder } from '../core/version.ts';
import { conflictTable } from './conflicts.ts';
import type { Connection } from './connection.ts';
import { eventTable } from './events.ts';
import { storeFault } from './fault.ts';
import { Journal } from './journal.ts';
import { logTable } from './log.ts';
import { openFile, type StoreDamage } from './open.ts';
import { partnershipTable } from './partnerships.ts';
import { planTable } from './plans.ts';
import { preferenceTable } from './preferences.ts';
import { Presence } from './presence.ts';
import { prune } from './prune.ts';
import { requestTable } from './requests.ts';
import { sessionTable } from './sessions.ts';
import { keepSnapshot } from './snapshot.ts';
import { standingTable } from './standings.ts';
import { Subscribers } from './subscribers.ts';

/** Older ones can lose commits when the log is reset (DB-08). */
const sqliteNeeded = '3.51.3';

export interface SqliteStoreOptions {
  /** Made if absent. The store is `store.db` in it, with its companions beside. */
  readonly folder: string;
  readonly clock: Clock;
  /** The version of SQLite; by default the one this process has. */
  readonly sqliteVersion?: string;
}

export interface OpenedStore {
  readonly store: Store;
  /** Not null: history, plans and conflicts begin anew. Baselines are elsewhere and prove themselves. */
  readonly damage: StoreDamage | null;
  /** What a person should know, and nothing that keeps the store from working. */
  readonly warnings: readonly ErrorRecord[];
}

/** Throws `store-newer`, `store-sqlite-old`, and what keeps the file from being opened. */
export function openSqliteStore(options: SqliteStoreOptions): OpenedStore {
  const { folder, clock, sqliteVersion: found = process.versions.sqlite ?? '0' } = options;
  if (isOlder(found, sqliteNeeded)) {
    throw syncError('store-sqlite-old', { found, needed: sqliteNeeded });
  }
  makeFolder(folder);
  const file = join(folder, 'store.db');
  const { connection, damage } = openFile(file, clock);
  const warnings = [...(damage === null ? [] : [replaced(file, damage)]), ...warningsAbout(folder)];
  return { store: assemble(connection, clock), damage, warnings };
}

function assemble(connection: Connection, clock: Clock): Store {
  const subscribers = new Subscribers(connection);
  const presence = new Presence(connection, clock);
  const onFirstWrite = () => presence.enter();
  const journal = new Journal({ connection, clock, subscribers, onFirstWrite });
  const close = async () => {
    await journal.flush().catch(() => {}); // The writers were told.
    await sayGoodbye(connection, journal, presence).catch(() => {}); // The next opening looks closer.
    takeCopy(connection, presence, clock);
    subscribers.clear();
    connection.close();
  };
  let closing: Promise<void> | null = null;
  return {
    partnerships: partnershipTable(connection, journal),
    preferences: preferenceTable(connection, journal),
    standings: standingTable(connection, journal),
    requests: requestTable(connection, journal),
    sessions: sessionTable(connection, journal),
    plans: planTable(connection, journal),
    events: eventTable(connection, journal),
    log: logTable(connection, journal),
    conflicts: conflictTable(connection, journal),
    generation: async () => {
      const sql = 'select generation from meta';
      return connection.get<{ generation: number }>(sql)?.generation ?? 0;
    },
    subscribe: (listener) => subscribers.add(listener, journal.pendingEvents),
    poll: async () => {
      await journal.flush();
      subscribers.poll();
    },
    prune: async (limits) => {
      journal.putEvents();
      await journal.writeAll(() => prune(connection, limits));
    },
    flush: () => journal.flush(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** After a fault the row stays, so that the next opening looks the file over. */
async function sayGoodbye(
  connection: Connection,
  journal: Journal,
  presence: Presence,
): Promise<void> {
  if (!presence.hasEntered && !connection.hasFailed) return;
  // Nothing anybody was promised: flushed with the file when the log goes into it.
  connection.exec('pragma synchronous = normal');
  const said = journal.write(() => {
    if (!connection.hasFailed) presence.leave();
  });
  await Promise.all([said, journal.flush()]);
}

function takeCopy(connection: Connection, presence: Presence, clock: Clock): void {
  if (!presence.hasEntered || connection.hasFailed) return;
  try {
    keepSnapshot(connection, clock);
  } catch {
    // No room for it, or the store is damaged, which its next opening finds out.
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeFault(error, folder);
  }
}

function replaced(file: string, { reason, keptAs, snapshot }: StoreDamage): ErrorRecord {
  const offer =
    snapshot === null
      ? ''
      : ` To go back to the good copy of ${new Date(snapshot.takenAt).toISOString()}, while no syncmgr runs: rm -f '${file}-wal' '${file}-shm' && mv '${snapshot.path}' '${file}'`;
  return errorRecord(syncError('store-replaced', { reason, keptAs, offer }));
}

function warningsAbout(folder: string): readonly ErrorRecord[] {
  const kind = networkDisk(statfsSync(folder).type);
  return kind === null ? [] : [errorRecord(syncError('store-on-network', { folder, kind }))];
}
