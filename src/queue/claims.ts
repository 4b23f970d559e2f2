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
    const { priority = 0 } = claim;
    const [names, seats] = [distinct(claim.names), distinct(claim.seats ?? [])];
    if (this.#waiting.length === 0 && this.#isFree(names, seats)) {
      const ticket = { names, seats, priority };
      this.#take(ticket);
      return () => this.#release(ticket);
    }
    const granted = Promise.withResolvers<boolean>();
    const grant = () => granted.resolve(true);
    const ticket: Waiting = { names, seats, priority, grant };
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
    if (this.#waiting.length === 0) return;
    const lucky = new Set(pick(this.#waiting, this.#held, (seat) => this.#free(seat)));
    if (lucky.size === 0) return;
    this.#waiting = this.#waiting.filter((one) => !lucky.has(one));
    for (const ticket of lucky) {
      this.#take(ticket);
      ticket.grant();
    }
  }

  #free(seat: string): number {
    return this.#seats(seat) - (this.#used.get(seat) ?? 0);
  }

  #isFree(names: readonly string[], seats: readonly string[]): boolean {
    return (
      names.every((name) => !this.#held.has(name)) && seats.every((seat) => this.#free(seat) > 0)
    );
  }

  #take({ names, seats }: Ticket): void {
    for (const name of names) this.#held.add(name);
    for (const seat of seats) this.#used.set(seat, (this.#used.get(seat) ?? 0) + 1);
  }

  #release({ names, seats }: Ticket): void {
    for (const name of names) this.#held.delete(name);
    for (const seat of seats) this.#used.set(seat, (this.#used.get(seat) ?? 1) - 1);
    this.grant();
  }
}

const distinct = (names: readonly string[]) => (names.length < 2 ? names : [...new Set(names)]);
