// Who asked for which request, until it has ended: its cookie goes back to the one who gave it, and
// to nobody else. Not kept over a restart: then whoever invoked looks the request up.
import type { Principal } from './core/scopes.ts';

interface Invoked {
  readonly who: string;
  readonly cookie: string | null;
}

export interface Completion extends Invoked {
  readonly request: string;
}

const keptMax = 10_000;

export class Invokers {
  readonly #invoked = new Map<string, Invoked>();
  readonly #followers = new Map<string, string[]>();

  remember(request: string, who: Principal, cookie: string | null): void {
    this.#invoked.set(request, { who: who.name, cookie });
    const oldest = this.#invoked.size > keptMax ? this.#invoked.keys().next().value : undefined;
    if (oldest !== undefined) this.#invoked.delete(oldest);
  }

  merged(request: string, into: string): void {
    this.#followers.set(into, [...(this.#followers.get(into) ?? []), request]);
  }

  /** The completions that its end means, each told once. */
  ended(request: string): readonly Completion[] {
    const all = [request, ...(this.#followers.get(request) ?? [])];
    this.#followers.delete(request);
    return all.flatMap((one) => {
      const invoked = this.#invoked.get(one);
      return invoked === undefined ? [] : [{ request: one, ...invoked }];
    });
  }

  cookieOf(request: string, who: Principal): string | null {
    const invoked = this.#invoked.get(request);
    return invoked?.who === who.name ? invoked.cookie : null;
  }
}
