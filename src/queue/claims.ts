// The names held within this process, and who waits for them. All names of a claim are taken at once
// or none, so that two claims never wait for each other.
import { pick, type Ticket } from './core/pick.ts';

export type Release = () => void;

interface Waiting extends Ticket {
  readonly grant: () => void;
}

export class Claims {
  readonly #held = new Set<string>();
  #waiting: Waiting[] = [];

  /** Null when aborted before it was granted. */
  async claim(names: readonly string[], signal?: AbortSignal): Promise<Release | null> {
    if (signal?.aborted === true) return null;
    const granted = Promise.withResolvers<boolean>();
    const ticket: Waiting = { names: [...new Set(names)], grant: () => granted.resolve(true) };
    const giveUp = () => {
      this.#waiting = this.#waiting.filter((one) => one !== ticket);
      granted.resolve(false);
      this.#grant();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(ticket);
    this.#grant();
    const isGranted = await granted.promise;
    signal?.removeEventListener('abort', giveUp);
    return isGranted ? () => this.#release(ticket.names) : null;
  }

  #grant(): void {
    const lucky = new Set(pick(this.#waiting, this.#held));
    this.#waiting = this.#waiting.filter((one) => !lucky.has(one));
    for (const { names, grant } of lucky) {
      for (const name of names) this.#held.add(name);
      grant();
    }
  }

  #release(names: readonly string[]): void {
    for (const name of names) this.#held.delete(name);
    this.#grant();
  }
}
