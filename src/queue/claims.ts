// The names and seats held within this process, and who waits for them. All of a claim are taken at
// once or none, so that two claims never wait for each other.
import { pick, placeInLine, type Ticket } from './core/pick.ts';

export type Release = () => void;

interface Waiting extends Ticket {
  readonly grant: () => void;
}

export interface Claim {
  readonly names: readonly string[];
  readonly seats?: readonly string[];
  /** Higher ones come first; 0 is usual. */
  readonly priority?: number;
}

export class Claims {
  readonly #seats: (seat: string) => number;
  readonly #held = new Set<string>();
  readonly #used = new Map<string, number>();
  #waiting: Waiting[] = [];

  /** `seats`: how many there are of each, at any moment. */
  constructor(seats: (seat: string) => number = () => Number.POSITIVE_INFINITY) {
    this.#seats = seats;
  }

  /** Null when aborted before it was granted. */
  async claim(claim: Claim, signal?: AbortSignal): Promise<Release | null> {
    if (signal?.aborted === true) return null;
    const granted = Promise.withResolvers<boolean>();
    const { names, seats = [], priority = 0 } = claim;
    const grant = () => granted.resolve(true);
    const ticket: Waiting = { names: distinct(names), seats: distinct(seats), priority, grant };
    const giveUp = () => {
      this.#waiting = this.#waiting.filter((one) => one !== ticket);
      granted.resolve(false);
      this.grant();
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.splice(placeInLine(this.#waiting, priority), 0, ticket);
    this.grant();
    const isGranted = await granted.promise;
    signal?.removeEventListener('abort', giveUp);
    return isGranted ? () => this.#release(ticket) : null;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** To whoever may begin now: also when there are more seats than before. */
  grant(): void {
    const free = (seat: string) => this.#seats(seat) - (this.#used.get(seat) ?? 0);
    const lucky = new Set(pick(this.#waiting, this.#held, free));
    if (lucky.size === 0) return;
    this.#waiting = this.#waiting.filter((one) => !lucky.has(one));
    for (const { names, seats, grant } of lucky) {
      for (const name of names) this.#held.add(name);
      for (const seat of seats) this.#used.set(seat, (this.#used.get(seat) ?? 0) + 1);
      grant();
    }
  }

  #release({ names, seats }: Ticket): void {
    for (const name of names) this.#held.delete(name);
    for (const seat of seats) this.#used.set(seat, (this.#used.get(seat) ?? 1) - 1);
    this.grant();
  }
}

const distinct = (names: readonly string[]) => [...new Set(names)];
