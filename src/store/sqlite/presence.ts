// Which processes have the store open for writing, as rows in it. A row whose process is gone says
// that it ended without closing: the next opening then looks the whole file over. The row travels
// with the first write and costs no commit of its own.
import process from 'node:process';
import type { Clock } from '../../ports/clock.ts';
import type { Connection } from './connection.ts';

/** Rows of this process. A row with its number that is not here is an earlier process's. */
const ownRows = new Set<string>();

const rowName = (connection: Connection, id: number) => `${connection.file}#${id}`;

export class Presence {
  readonly #connection: Connection;
  readonly #clock: Clock;
  #row: number | null = null;

  constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Within a transaction; may be repeated when that was taken back. */
  enter(): void {
    for (const id of deadOpeners(this.#connection)) this.#remove(id);
    const sql = 'insert into openers (pid, since) values (?, ?)';
    this.#row = this.#connection.run(sql, process.pid, this.#clock.now()).lastId;
    ownRows.add(rowName(this.#connection, this.#row));
  }

  get hasEntered(): boolean {
    return this.#row !== null;
  }

  leave(): void {
    if (this.#row !== null) this.#remove(this.#row);
  }

  #remove(id: number): void {
    this.#connection.run('delete from openers where id = ?', id);
    ownRows.delete(rowName(this.#connection, id));
  }
}

/** Rows of processes that ended without closing the store. */
export function deadOpeners(connection: Connection): number[] {
  return connection
    .all<{ id: number; pid: number }>('select id, pid from openers')
    .filter(({ id, pid }) =>
      pid === process.pid ? !ownRows.has(rowName(connection, id)) : !isAlive(pid),
    )
    .map(({ id }) => id);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}
