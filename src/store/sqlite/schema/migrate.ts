// From the form that the file has to the one this program knows, in one transaction: after a crash
// it has the old form or the new one (CR-13). Forms are only ever added at the end.
import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Connection } from '../connection.ts';
import { tables } from './01-tables.ts';
import { standings } from './02-standings.ts';

/** SQL that leads from each form to the next; the file's `user_version` counts them. */
export const forms: readonly string[] = [tables, standings];

/** Marks the file as a store of this program. */
export const applicationId = 0x73796e63;

/** Brings a store that nobody else is opening to the newest form; an old one is copied first. */
export function migrate(connection: Connection, steps: readonly string[] = forms): void {
  const found = formOf(connection);
  if (found === steps.length) return;
  connection.useLog();
  if (found > 0) keepCopy(connection, found);
  connection.exec('begin immediate');
  try {
    for (const step of steps.slice(found)) connection.exec(step);
    connection.exec(`pragma application_id = ${applicationId}`);
    connection.exec(`pragma user_version = ${steps.length}`);
    connection.exec('commit');
  } catch (error) {
    connection.rollback();
    throw error;
  }
  // Into the file itself: a store without its log is still seen to be one (MT-14).
  connection.exec('pragma wal_checkpoint(truncate)');
}

export function formOf(connection: Connection): number {
  return connection.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0;
}

function keepCopy(connection: Connection, form: number): void {
  const copy = `${connection.file}.form-${form}`;
  if (existsSync(copy)) return;
  const unfinished = `${copy}.part`;
  rmSync(unfinished, { force: true });
  connection.run('vacuum into ?', unfinished);
  renameSync(unfinished, copy);
}
