// One connection to the store's file. Statements are prepared at their first use and kept. After a
// fault of the disk the connection is opened anew, because what the system's cache holds then may
// not be what the disk holds (MT-16).
//
// The file is never opened by anything but SQLite in this process: closing any other descriptor of
// it would drop the locks that SQLite holds.
import { statSync } from 'node:fs';
import process from 'node:process';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type SyncError, syncError } from '../../model/error.ts';
import { breaksConnection, busyMs, storeFault } from './fault.ts';

const pragmas = `
  pragma synchronous = full;
  pragma journal_size_limit = 16777216;
  pragma temp_store = memory;
`;

export class Connection {
  readonly file: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #waitMs: number;
  #db: DatabaseSync;
  #inode: number;
  #failures = 0;
  #health: 'sound' | 'faulty' | 'closed' = 'sound';
  #epoch = 0;
  #othersVersion = 0;
  #othersLooked: 'lately' | 'not lately' = 'not lately';

  /** `waitMs`: how long another program's lock is waited for, the whole process standing still. */
  constructor(file: string, waitMs = busyMs) {
    this.file = file;
    this.#waitMs = waitMs;
    this.#db = openDatabase(file, waitMs);
    this.#inode = statSync(file).ino;
  }

  get inTransaction(): boolean {
    return this.#db.isOpen && this.#db.isTransaction;
  }

  /** Whether there was ever a fault that says the file should be looked over. */
  get hasFailed(): boolean {
    return this.#failures > 0;
  }

  exec(sql: string): void {
    this.#do(() => this.#db.exec(sql));
  }

  run(sql: string, ...values: readonly SQLInputValue[]): { changes: number; lastId: number } {
    const { changes, lastInsertRowid } = this.#do(() => this.#statement(sql).run(...values));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  /** The caller says what its columns are; nothing checks it but the tests. */
  get<Row>(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#do(() => this.#statement(sql).get(...values)) as Row | undefined;
  }

  all<Row>(sql: string, ...values: readonly SQLInputValue[]): Row[] {
    return this.#do(() => this.#statement(sql).all(...values)) as Row[];
  }

  /** Writes go to a log first (WAL). The file keeps this, so a file of somebody else's is spared. */
  useLog(): void {
    this.exec('pragma journal_mode = wal');
  }

  /** Before a transaction begins: opens anew after a fault, refuses a file that was replaced. */
  #ready(): void {
    if (this.#health === 'closed') throw syncError('store-closed');
    if (this.#health === 'faulty') this.#reopen();
    if (inodeOf(this.file) === this.#inode) return;
    // Somebody moved or removed the file; what is written into the open one would be lost.
    this.#health = 'faulty';
    throw missing(this.file);
  }

  /** Keeps other processes from writing until the commit. */
  begin(): void {
    this.#ready();
    this.run('begin immediate');
    this.#othersLooked = 'not lately';
  }

  rollback(): void {
    this.#epoch += 1;
    if (this.inTransaction) this.exec('rollback');
  }

  /** What was written since the savepoint of that name. */
  takeBackTo(savepoint: string): void {
    this.#epoch += 1;
    this.run(`rollback to ${savepoint}`);
    this.run(`release ${savepoint}`);
  }

  /**
   * Raised when rows may have changed otherwise than by a statement that succeeded here: another process
   * wrote, or something was taken back. It is looked at once in a stretch of work without waiting.
   */
  epoch(): number {
    if (this.#othersLooked === 'lately') return this.#epoch;
    const version = this.get<{ data_version: number }>('pragma data_version')?.data_version ?? 0;
    if (version !== this.#othersVersion) this.#epoch += 1;
    this.#othersVersion = version;
    this.#othersLooked = 'lately';
    process.nextTick(() => {
      this.#othersLooked = 'not lately';
    });
    return this.#epoch;
  }

  close(): void {
    this.#health = 'closed';
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #reopen(): void {
    const inode = inodeOf(this.file);
    if (inode === null) throw missing(this.file);
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
    this.#db = openDatabase(this.file, this.#waitMs);
    this.#inode = inode;
    this.#health = 'sound';
    this.#epoch += 1;
    this.#othersLooked = 'not lately';
  }

  #statement(sql: string): StatementSync {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #do<T>(action: () => T): T {
    if (this.#health === 'closed') throw syncError('store-closed');
    if (this.#health === 'faulty' && !this.inTransaction) this.#reopen();
    try {
      return action();
    } catch (error) {
      this.#epoch += 1;
      if (breaksConnection(error)) {
        this.#health = 'faulty';
        this.#failures += 1;
      }
      throw storeFault(error, this.file);
    }
  }
}

function openDatabase(file: string, waitMs: number): DatabaseSync {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file, { timeout: waitMs });
    db.exec(pragmas);
    db.function('contains', { deterministic: true }, (text, part) =>
      typeof text === 'string' && text.toLowerCase().includes(String(part)) ? 1 : 0,
    );
    return db;
  } catch (error) {
    db?.close();
    throw storeFault(error, file);
  }
}

const missing = (file: string): SyncError =>
  syncError('store-failed', { file, reason: 'the file was moved or removed' });

function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
