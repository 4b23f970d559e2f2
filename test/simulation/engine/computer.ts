// One computer under a seed: virtual disks and clock, the real manager and the real folder handler on
// them. It can be killed or lose its power at any call, and started again on what is left.
import { createHash } from 'node:crypto';
import '../../../src/folder/digest.ts';
import '../../../src/folder/finish.ts';
import '../../../src/folder/inspect.ts';
import '../../../src/folder/probe.ts';
import '../../../src/folder/roots.ts';
import '../../../src/folder/transfer.ts';
import { folderHandler } from '../../../src/folder/handler.ts';
import { folderJobs } from '../../../src/folder/jobs.ts';
import { Registry } from '../../../src/handler/registry.ts';
import { createManager } from '../../../src/manager/kernel.ts';
import type { Manager } from '../../../src/manager/manager.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Session } from '../../../src/model/session.ts';
import { plainTerms } from '../../../src/model/terms.ts';
import { sha256 } from '../../../src/platform/hasher.ts';
import type { Random } from '../../../src/ports/random.ts';
import type { Chance } from '../../support/random.ts';
import { RecordedStore } from '../../support/recorded-store.ts';
import { openSeededCrew } from '../../support/seeded-crew.ts';
import { afterPowerCut, type Survivor } from '../../support/virtual/crash.ts';
import { Machine } from '../../support/virtual/machine.ts';
import { type Nature, posixNature, Volume } from '../../support/virtual/volume.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { SharedLocks } from '../../support/world.ts';

export const pair = 'pair';
const digestOf = (parts: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** A wait of a thread passes the time of whichever computer is at work. */
let working: VirtualClock | null = null;
const trueWait = Atomics.wait;
Atomics.wait = ((cells: Int32Array, index: number, value: number, ms?: number) => {
  if (working === null || ms === undefined) return trueWait(cells, index, value, ms);
  working.advance(ms);
  return 'timed-out';
}) as typeof Atomics.wait;

export function passTimeOf(clock: VirtualClock): void {
  working = clock;
}

export interface Natures {
  readonly left: Nature;
  readonly right: Nature;
}

export class Computer {
  readonly clock = new VirtualClock();
  readonly #chance: Chance;
  readonly #settings: JsonObject;
  readonly #locks = new SharedLocks();
  readonly #records = new RecordedStore(this.clock);
  readonly #natures: Readonly<Record<string, Nature>>;
  #starts = 0;
  #ids = 0;
  #dead = Promise.withResolvers<null>();
  machine: Machine;
  manager: Manager;

  constructor(chance: Chance, natures: Natures, settings: JsonObject) {
    this.#chance = chance;
    this.#settings = { left: '/left', right: '/right', ...settings };
    this.clock.hold();
    working = this.clock;
    this.#natures = { ...natures, state: posixNature, outside: posixNature };
    const volumes = Object.entries(this.#natures).map(
      ([name, nature], at) => [name, new Volume(nature, at + 1, () => this.clock.now())] as const,
    );
    this.machine = new Machine(new Map(volumes));
    this.manager = this.#newManager();
  }

  volume(name: string): Volume {
    const volume = this.machine.volumes.get(name);
    if (volume === undefined) throw new Error(`no disk ${name}`);
    return volume;
  }

  get store() {
    return this.#records.store;
  }

  get writesStored(): number {
    return this.#records.length;
  }

  #newManager(): Manager {
    working = this.clock;
    this.#starts += 1;
    const { clock, machine: filesystem } = this;
    const locks = this.#locks.of(this.#starts);
    const world = { filesystem, clock, sha256 };
    const crew = openSeededCrew(world, folderJobs, this.#chance);
    const random: Random = { uuid: () => this.#uuid(), fraction: () => 0.5 };
    const handler = folderHandler({ ...world, crew, random, locks, stateFolder: '/state/syncmgr' });
    const handlers = new Registry();
    handlers.register('folder', async () => handler);
    return createManager({
      store: this.#records.store,
      clock,
      random,
      locks,
      connections: { isUp: async () => true, open: async () => true, close: async () => undefined },
      handlers,
      hash: digestOf,
      approverPresent: () => false,
      answererPresent: () => false,
    });
  }

  #uuid(): string {
    this.#ids += 1;
    return `00000000-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  async begin(): Promise<void> {
    await this.manager.put({
      id: pair,
      name: pair,
      handler: 'folder',
      settings: this.#settings,
      enabled: true,
      triggers: [],
      terms: plainTerms,
      resources: [],
      approve: 'guarded',
      createdAt: this.clock.now(),
      adHoc: false,
    });
  }

  /** Null: it died meanwhile. */
  async run(how: { readonly planOnly?: boolean } = {}): Promise<Session | null> {
    const asked = { trigger: 'manual', partnerships: [pair], startNow: true, ...how } as const;
    return this.#follow(this.manager.invoke(asked));
  }

  async approve(plan: string): Promise<Session | null> {
    return this.#follow(this.manager.approve(plan));
  }

  async #follow(request: ReturnType<Manager['invoke']>): Promise<Session | null> {
    const ended = request.then(({ id }) => this.manager.whenEnded(id));
    ended.catch(() => undefined);
    const sessions = await Promise.race([ended, this.#dead.promise]);
    if (sessions === null) await turns(8);
    return sessions?.[0] ?? null;
  }

  /** From now on no call reaches a disk and nothing is stored. */
  die(): void {
    this.machine.cutPower();
    this.#locks.kill(this.#starts);
    this.#dead.resolve(null);
  }

  /** After a kill: the disks are as everybody saw them. After a power cut: as that survivor has them. */
  async startAgain(survivor: Survivor | null, writesKept?: number): Promise<void> {
    const volumes = [...this.machine.volumes].map(([name, volume]) => {
      const root = survivor === null ? volume : this.#restored(volume, survivor);
      return [name, root] as const;
    });
    const { before, after } = this.machine;
    this.machine = new Machine(new Map(volumes));
    Object.assign(this.machine, { before, after });
    this.#dead = Promise.withResolvers();
    this.#records.reopen(writesKept);
    this.manager = this.#newManager();
    await this.begin();
    await this.manager.start();
    await turns(2);
  }

  #restored(volume: Volume, survivor: Survivor): Volume {
    const root = afterPowerCut(volume, survivor);
    return new Volume(volume.nature, volume.device, () => this.clock.now(), root);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
