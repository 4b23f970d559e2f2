// Which handlers there are, by name. An explicit list: nothing registers itself by being imported,
// and nothing is loaded before somebody needs it.
import { syncError } from '../model/error.ts';
import type { Handler } from '../ports/handler.ts';

export interface Handlers {
  names(): readonly string[];
  /** Loads it at the first call. Rejects with `handler-unknown`. */
  get(name: string): Promise<Handler>;
}

export type HandlerLoader = () => Promise<Handler>;

export class Registry implements Handlers {
  readonly #loaders = new Map<string, HandlerLoader>();
  readonly #loaded = new Map<string, Promise<Handler>>();
  readonly #around: (handler: Handler) => Handler;

  /** @param around What stands before every handler that is handed out. */
  constructor(
    loaders: Readonly<Record<string, HandlerLoader>> = {},
    around: (handler: Handler) => Handler = (handler) => handler,
  ) {
    this.#around = around;
    for (const [name, load] of Object.entries(loaders)) this.register(name, load);
  }

  /** A second registration of a name replaces the first; sessions under way keep theirs (A4, A6). */
  register(name: string, load: HandlerLoader): void {
    this.#loaders.set(name, load);
    this.#loaded.delete(name);
  }

  /** False when it was not registered. */
  unregister(name: string): boolean {
    this.#loaded.delete(name);
    return this.#loaders.delete(name);
  }

  names(): readonly string[] {
    return [...this.#loaders.keys()];
  }

  async get(name: string): Promise<Handler> {
    const load = this.#loaders.get(name);
    if (load === undefined) throw syncError('handler-unknown', { handler: name });
    let loaded = this.#loaded.get(name);
    if (loaded === undefined) {
      loaded = load().then(this.#around);
      this.#loaded.set(name, loaded);
      // What could not be loaded is tried again next time.
      loaded.catch(() => this.#loaded.delete(name));
    }
    return loaded;
  }
}
