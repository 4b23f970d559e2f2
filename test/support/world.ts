// A manager over a store in memory, a clock that leaps, and scripted handlers: everything real but
// the machine.
import { createHash } from 'node:crypto';
import { Registry } from '../../src/handler/registry.ts';
import { createManager } from '../../src/manager/kernel.ts';
import type { Invocation, Manager } from '../../src/manager/manager.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { Request } from '../../src/model/request.ts';
import type { Session } from '../../src/model/session.ts';
import { plainTerms } from '../../src/model/terms.ts';
import type { Locks } from '../../src/ports/lock.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { type Script, ScriptedHandler } from './scripted-handler.ts';
import { VirtualClock } from './virtual-clock.ts';
import { VirtualOutside } from './virtual-outside.ts';

const sha256 = (parts: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Locks of one computer: shared by the worlds that stand for its processes. */
export class SharedLocks {
  readonly #held = new Map<string, number>();
  readonly #dead = new Set<number>();

  of(pid: number): Locks {
    return {
      tryLock: async (name) => {
        const holder = this.#held.get(name);
        if (holder !== undefined || this.#dead.has(pid)) return { heldBy: holder ?? null };
        this.#held.set(name, pid);
        const release = () => {
          if (this.#held.get(name) === pid) this.#held.delete(name);
        };
        return { name, release };
      },
    };
  }

  /** The process died: what it held is free. */
  kill(pid: number): void {
    this.#dead.add(pid);
    for (const [name, holder] of this.#held) if (holder === pid) this.#held.delete(name);
  }
}

export interface WorldOptions {
  readonly graceMs?: number;
  readonly approver?: boolean;
  readonly store?: Store;
  readonly clock?: VirtualClock;
  readonly locks?: Locks;
  readonly outside?: VirtualOutside;
  readonly up?: readonly (string | null)[];
  readonly refuse?: readonly (string | null)[];
}

let worlds = 0;

export class World {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly handlers = new Map<string, ScriptedHandler>();
  readonly registry = new Registry();
  readonly manager: Manager;
  /** Calls of all handlers in one order. */
  readonly calls: string[] = [];
  readonly connections: string[] = [];
  readonly locks: Locks;
  approver: boolean;
  readonly outside: VirtualOutside;
  readonly disabledHandlers = new Map<string, number>();
  /** What was told of work that nobody waits for. */
  readonly faults: string[] = [];

  constructor(options: WorldOptions = {}) {
    const { up = [], refuse = [] } = options;
    this.clock = options.clock ?? new VirtualClock();
    this.store = options.store ?? openMemoryStore({ clock: this.clock });
    this.approver = options.approver ?? false;
    this.outside = options.outside ?? new VirtualOutside(this.clock);
    this.locks = options.locks ?? new SharedLocks().of(1);
    worlds += 1;
    const name = worlds;
    let ids = 0;
    this.manager = createManager({
      store: this.store,
      clock: this.clock,
      random: {
        uuid: () => {
          ids += 1;
          return `id-${name}-${ids}`;
        },
        fraction: () => 0.5,
      },
      locks: this.locks,
      connections: {
        isUp: async (one) => up.includes(one),
        open: async (one) => {
          if (refuse.includes(one)) return false;
          this.connections.push(`open ${one}`);
          return true;
        },
        close: async (one) => void this.connections.push(`close ${one}`),
      },
      handlers: this.registry,
      hash: sha256,
      approverPresent: () => this.approver,
      answererPresent: () => this.approver,
      graceMs: () => options.graceMs ?? null,
      outside: async () => this.outside,
      fault: ({ text }) => this.faults.push(text),
      handlerDisabledSince: (name) => this.disabledHandlers.get(name) ?? null,
    });
  }

  /** A partnership with a handler of its own; both bear the name. */
  async add(
    name: string,
    script: Script = {},
    more: Partial<Partnership> = {},
  ): Promise<ScriptedHandler> {
    const handler = new ScriptedHandler(name, script, (call) => this.calls.push(call));
    this.handlers.set(name, handler);
    this.registry.register(name, async () => handler);
    await this.manager.put({
      id: name,
      name,
      handler: name,
      settings: {},
      enabled: true,
      triggers: [],
      terms: plainTerms,
      resources: [],
      approve: 'guarded',
      createdAt: this.clock.now(),
      adHoc: false,
      ...more,
    });
    return handler;
  }

  invoke(partnerships: readonly string[] | null, more: Partial<Invocation> = {}): Promise<Request> {
    return this.manager.invoke({ trigger: 'manual', partnerships, startNow: true, ...more });
  }

  async run(
    partnerships: readonly string[] | null,
    more: Partial<Invocation> = {},
  ): Promise<readonly Session[]> {
    const { id } = await this.invoke(partnerships, more);
    return this.manager.whenEnded(id);
  }

  /** Runs one partnership alone and hands back its only session. */
  async runOne(partnership: string, more: Partial<Invocation> = {}): Promise<Session> {
    const [session] = await this.run([partnership], more);
    if (session === undefined) throw new Error('no session was recorded');
    return session;
  }

  /** The running session of a partnership. */
  session(partnership: string): string {
    const found = this.manager.running().find((one) => one.session.partnership === partnership)
      ?.session.id;
    if (found === undefined) throw new Error(`${partnership} has no session now`);
    return found;
  }

  idle(): Promise<void> {
    return this.clock.idle();
  }
}
