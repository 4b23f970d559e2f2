// Named rights between processes. Each process holds one right that the system takes back when it
// dies: the exclusive transaction on a file of its own. Which names are whose stands in a table beside
// it, and a name counts as held only while its owner lives (DB-06). So taking a right that nobody
// holds is two small writes, and not a file of its own for each name.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Lock, Locks } from '../../ports/lock.ts';
import { holdExclusively } from './exclusive.ts';
import { busyMs } from './fault.ts';

/** `folder` is made if absent; every process that shall be kept out uses the same one. */
export function openLocks({ folder }: { readonly folder: string }): Locks {
  let book: LockBook | null = null;
  return {
    tryLock: (name) => {
      book ??= new LockBook(folder);
      return book.tryLock(name);
    },
  };
}

interface Row {
  readonly owner: string;
  readonly pid: number;
}

/** A crash of the system leaves the file whole; what stood in it last is worth nothing then. */
const form = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists held (
    name text primary key, owner text not null, pid integer not null
  ) strict, without rowid;
`;

class LockBook {
  readonly #folder: string;
  readonly #db: DatabaseSync;
  readonly #owner = `owner-${process.pid}-${randomUUID()}`;
  readonly #holder: StatementSync;
  readonly #enter: StatementSync;
  readonly #leave: StatementSync;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#db = new DatabaseSync(join(folder, 'names.db'), { timeout: busyMs });
    this.#db.exec(form);
    this.#holder = this.#db.prepare('select owner, pid from held where name = ?');
    this.#enter = this.#db.prepare('insert or replace into held values (?, ?, ?)');
    this.#leave = this.#db.prepare('delete from held where name = ? and owner = ?');
    // Within the transaction nobody takes our file, not held yet, for one that was left behind.
    this.#within(() => {
      this.#sweep();
      holdExclusively(join(folder, this.#owner), 0);
    });
  }

  tryLock(name: string): Lock | { readonly heldBy: number | null } {
    const key = Buffer.from(name).toString('base64');
    const holder = this.#within(() => this.#take(key));
    if (holder !== null) return { heldBy: holder.pid };
    let state: 'held' | 'released' = 'held';
    const release = () => {
      if (state === 'held') this.#leave.run(key, this.#owner);
      state = 'released';
    };
    return { name, release };
  }

  /** Null: it is ours now. */
  #take(key: string): Row | null {
    const row = this.#holder.get(key) as Row | undefined;
    if (row !== undefined && this.#lives(row.owner)) return row;
    this.#enter.run(key, this.#owner, process.pid);
    return null;
  }

  #lives(owner: string): boolean {
    const file = join(this.#folder, owner);
    if (owner === this.#owner) return true;
    if (!existsSync(file)) return false;
    const release = holdExclusively(file, 0);
    release?.();
    return release === null;
  }

  /** Files of processes that are gone. Nobody ever opens one of them again. */
  #sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      if (/^owner-[0-9a-f-]+$/.test(name) && !this.#lives(name)) {
        rmSync(join(this.#folder, name), { force: true });
      }
    }
  }

  #within<T>(work: () => T): T {
    this.#db.exec('begin immediate');
    try {
      const value = work();
      this.#db.exec('commit');
      return value;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }
}
