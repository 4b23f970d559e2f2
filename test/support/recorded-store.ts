// A store that remembers every write, so that another one can be made as it was before the last of them.
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';

interface Write {
  readonly table: string;
  readonly method: string;
  readonly given: readonly unknown[];
  readonly now: number;
}

const writing: ReadonlySet<string> = new Set([
  'put',
  'remove',
  'add',
  'move',
  'update',
  'withdraw',
  'prune',
]);

export class RecordedStore {
  readonly #clock: Clock;
  readonly #writes: Write[] = [];
  #alive = { still: true };
  #inner: Store;
  store: Store;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#inner = openMemoryStore({ clock });
    this.store = this.#wrap(this.#inner, '', this.#alive);
  }

  get length(): number {
    return this.#writes.length;
  }

  /** The process died: nothing it asks for is answered any more. Only the first writes are left. */
  reopen(length: number = this.#writes.length): void {
    this.#alive.still = false;
    this.#writes.length = Math.min(length, this.#writes.length);
    let now = 0;
    const clock = { ...plain(this.#clock), now: () => now };
    const inner = openMemoryStore({ clock });
    for (const { table, method, given, now: then } of this.#writes) {
      now = then;
      const target = (inner as unknown as Record<string, Record<string, Call>>)[table];
      // What was refused then is refused again.
      void Promise.resolve(target?.[method]?.(...given)).catch(() => undefined);
    }
    clock.now = () => this.#clock.now();
    this.#inner = inner;
    this.#alive = { still: true };
    this.store = this.#wrap(inner, '', this.#alive);
  }

  #wrap<Thing extends object>(inner: Thing, table: string, alive: { still: boolean }): Thing {
    return new Proxy(inner, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === 'object' && value !== null) {
          return this.#wrap(value, String(key), alive);
        }
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          if (!alive.still) return new Promise(() => undefined);
          const method = String(key);
          if (table !== '' && writing.has(method)) {
            const now = this.#clock.now();
            this.#writes.push({ table, method, given, now });
          }
          return Reflect.apply(value, target, given);
        };
      },
    });
  }
}

type Call = (...given: unknown[]) => unknown;

function plain(clock: Clock): { -readonly [Key in keyof Clock]: Clock[Key] } {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    zone: () => clock.zone(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}
