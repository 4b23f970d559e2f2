// Connections that handlers asked for: a second does not take down the first, and all that we
// brought up go down when nobody works any more. What was up before is not ours to close (A36).
import type { Connections } from '../ports/connection.ts';

export class ConnectionPool {
  readonly #connections: Connections;
  /** What we opened, or are opening. */
  readonly #opened = new Map<string | null, Promise<boolean>>();
  #users = 0;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** While somebody is in, nothing is closed. */
  enter(): void {
    this.#users += 1;
  }

  async leave(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    const opened = [...this.#opened];
    this.#opened.clear();
    await Promise.all(
      opened.map(async ([name, isOpen]) => {
        if (await isOpen) await this.#connections.close(name).catch(() => {});
      }),
    );
  }

  /** Whether it is up now; a failure leaves the others as they are. */
  async connect(name: string | null): Promise<boolean> {
    const opening = this.#opened.get(name);
    if (opening !== undefined) return opening;
    if (await this.#connections.isUp(name).catch(() => false)) return true;
    const other = this.#opened.get(name);
    if (other !== undefined) return other;
    const attempt = this.#connections.open(name).catch(() => false);
    this.#opened.set(name, attempt);
    const isOpen = await attempt;
    if (!isOpen) this.#opened.delete(name);
    return isOpen;
  }
}
