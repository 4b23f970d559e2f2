// Named rights between processes. Each process holds one right that the system takes back when it
// dies: the exclusive transaction on a file of its own. Which names are whose stands in a table beside
// it, and a name counts as held only while its owner lives (DB-06). So taking a right that nobody
// holds is a small write, and not a file of its own for each name; what is taken and released in one
// stretch of work is one transaction. None is held any longer: whoever waits for it stands still, and
// may have the store's.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Held, Lock, Locks } from '../../ports/lock.ts';
import { holdExclusively } from './exclusive.ts';
import { busyMs } from './fault.ts';

/** `folder` is made if absent; every process that shall be kept out uses the same one. */
export function openLocks({ folder }: { readonly folder: string }): Locks {
  let book: LockBook | null = null;
  return {
    tryLock: async (name) => {
      book ??= new LockBook(folder);
      return book.tryLock(name);
    },
  };
}

interface Row {
  readonly owner: string;
  readonly pid: number;
}

interface Wanted {
  readonly name: string;
  readonly resolve: (answer: Lock | Held) => void;
  readonly reject: (error: unknown) => void;
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
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #holder: StatementSync;
  readonly #enter: StatementSync;
  readonly #leave: StatementSync;
  readonly #held = new Set<string>();
  /** What the next transaction is for. */
  #wanted: Wanted[] = [];
  #released: string[] = [];
  #settling: 'due' | 'done' = 'done';

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#db = new DatabaseSync(join(folder, 'names.db'), { timeout: busyMs });
    this.#db.exec(form);
    this.#begin = this.#db.prepare('begin immediate');
    this.#commit = this.#db.prepare('commit');
    this.#holder = this.#db.prepare('select owner, pid from held where name = ?');
    this.#enter = this.#db.prepare('insert or replace into held values (?, ?, ?)');
    this.#leave = this.#db.prepare('delete from held where name = ? and owner = ?');
    // Within the transaction nobody takes our file, not held yet, for one that was left behind.
    this.#within(() => {
      this.#sweep();
      holdExclusively(join(folder, this.#owner), 0);
    });
  }

  tryLock(name: string): Promise<Lock | Held> {
    const { promise, resolve, reject } = Promise.withResolvers<Lock | Held>();
    this.#wanted.push({ name, resolve, reject });
    this.#settleSoon();
    return promise;
  }

  /** After whatever goes on at this moment has asked for its own. */
  #settleSoon(): void {
    if (this.#settling === 'due') return;
    this.#settling = 'due';
    queueMicrotask(() => this.#settle());
  }

  #settle(): void {
    const [wanted, released] = [this.#wanted, this.#released];
    [this.#wanted, this.#released, this.#settling] = [[], [], 'done'];
    const taken: string[] = [];
    try {
      const answers = this.#within(() => {
        for (const key of released) this.#leave.run(key, this.#owner);
        return wanted.map(({ name }) => this.#take(name, taken));
      });
      for (const [index, { resolve }] of wanted.entries()) {
        resolve(answers[index] ?? { heldBy: null });
      }
    } catch (error) {
      for (const key of taken) this.#held.delete(key);
      this.#released.unshift(...released);
      for (const { reject } of wanted) reject(error);
    }
  }

  #take(name: string, taken: string[]): Lock | Held {
    const key = Buffer.from(name).toString('base64');
    if (this.#held.has(key)) return { heldBy: process.pid };
    const row = this.#holder.get(key) as Row | undefined;
    if (row !== undefined && this.#lives(row.owner)) return { heldBy: row.pid };
    this.#enter.run(key, this.#owner, process.pid);
    this.#held.add(key);
    taken.push(key);
    return this.#lock(name, key);
  }

  #lock(name: string, key: string): Lock {
    let state: 'held' | 'released' = 'held';
    const release = () => {
      if (state === 'released') return;
      state = 'released';
      this.#held.delete(key);
      this.#released.push(key);
      this.#settleSoon();
    };
    return { name, release };
  }

  #lives(owner: string): boolean {
    // Ours, and not held: it could not be removed when it was released.
    if (owner === this.#owner) return false;
    const file = join(this.#folder, owner);
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
    this.#begin.run();
    try {
      const value = work();
      this.#commit.run();
      return value;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }
}
