// Values made from rows that are read far more often than written, kept for as long as nobody can have
// changed the rows: a read outside of a transaction asks the system for locks, and JSON is parsed.
import type { Connection } from './connection.ts';

export class Kept<Value> {
  readonly #connection: Connection;
  readonly #values = new Map<string, Value>();
  #epoch = -1;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What was read under that key, or what `read` reads now. Whoever gets it changes nothing in it. */
  get(key: string, read: () => Value): Value {
    const epoch = this.#connection.epoch();
    if (epoch !== this.#epoch) this.forget();
    this.#epoch = epoch;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = read();
    this.#values.set(key, value);
    return value;
  }

  /** After every write here to the rows it is made from. */
  forget(): void {
    this.#values.clear();
  }
}
