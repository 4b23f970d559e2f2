// One manager of the simulated day, from its start to its stop or its death.
import { Registry } from '../../src/handler/registry.ts';
import { createManager } from '../../src/manager/kernel.ts';
import type { Automation, Manager } from '../../src/manager/manager.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { Locks } from '../../src/ports/lock.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Script, ScriptedHandler } from '../support/scripted-handler.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { VirtualOutside } from '../support/virtual-outside.ts';
import { mortal } from './mortal.ts';

export interface EpochParts {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly outside: VirtualOutside;
  readonly locks: Locks;
  readonly partnerships: readonly Partnership[];
  script(name: string): Script;
}

let epochs = 0;

export class Epoch {
  readonly #parts: EpochParts;
  readonly #manager: Manager;
  readonly #die: () => void;
  #automation: Automation | null = null;

  constructor(parts: EpochParts) {
    this.#parts = parts;
    const { clock, locks, outside } = parts;
    const store = mortal(parts.store);
    const seenBy = mortal(outside);
    this.#die = () => {
      store.die();
      seenBy.die();
    };
    epochs += 1;
    const name = epochs;
    let ids = 0;
    const registry = new Registry();
    for (const { id } of parts.partnerships) {
      const handler = new ScriptedHandler(id, parts.script(id));
      handler.watches = () => ({ roots: [`/data/${id}`], ignored: [] });
      registry.register(id, async () => handler);
    }
    this.#manager = createManager({
      store: store.living,
      clock,
      random: {
        uuid: () => {
          ids += 1;
          return `id-${name}-${ids}`;
        },
        fraction: () => (ids % 10) / 10,
      },
      locks,
      connections: { isUp: async () => true, open: async () => true, close: async () => {} },
      handlers: registry,
      hash: () => 'none',
      approverPresent: () => false,
      answererPresent: () => false,
      outside: async () => seenBy.living,
      graceMs: () => null,
    });
  }

  async begin(): Promise<void> {
    const known = await this.#parts.store.partnerships.list();
    if (known.length === 0) {
      await this.#soon(Promise.all(this.#parts.partnerships.map((one) => this.#manager.put(one))));
    }
    await this.#soon(this.#manager.start());
    this.#automation = await this.#soon(this.#manager.automate());
  }

  /** In order: what runs is waited for as a stop asks it to, what waits stays in the store. */
  async stop(): Promise<void> {
    await this.#soon(this.#automation?.stop() ?? Promise.resolve());
    await this.#soon(this.#manager.close());
  }

  /** Nothing starts by itself any more; what was begun or accepted is carried out. */
  async drain(): Promise<void> {
    await this.#soon(this.#automation?.stop() ?? Promise.resolve());
    const { store, clock } = this.#parts;
    for (let tries = 0; tries < 3_600; tries += 1) {
      if ((await store.requests.list(['waiting', 'running'])).length === 0) return;
      await clock.pass(1_000);
    }
  }

  /** From this moment nothing of it reaches the world any more. */
  die(): void {
    this.#die();
  }

  violations(): number {
    return this.#manager.violations();
  }

  async pause(id: string, until: number): Promise<void> {
    await this.#soon(this.#manager.pauseStarts(id, until));
  }

  async resumeAll(): Promise<void> {
    for (const { id } of this.#parts.partnerships) {
      await this.#soon(this.#manager.resumeStarts(id));
    }
  }

  async byHand(id: string): Promise<void> {
    const wanted = { trigger: 'manual', partnerships: [id], startNow: true } as const;
    await this.#soon(this.#manager.invoke({ ...wanted, interactive: false }));
  }

  async retry(id: string): Promise<void> {
    await this.#soon(this.#manager.retry(id));
  }

  /** The clock is held, so somebody has to let it go on while we wait. */
  async #soon<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    for (let tries = 0; !isOver; tries += 1) {
      await this.#parts.clock.pass(tries < 3 ? 0 : 1_000);
      if (tries > 10_000) throw new Error('the manager does not come to an end');
    }
    return over;
  }
}
