// The real folder engine on virtual disks without a manager: one session after the other, as fast as it
// goes. For courses of which millions are tried.
import '../../../src/folder/finish.ts';
import { folderHandler } from '../../../src/folder/handler.ts';
import { folderJobs } from '../../../src/folder/jobs.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { PlanChange } from '../../../src/model/plan.ts';
import { sha256 } from '../../../src/platform/hasher.ts';
import { openInlineCrew } from '../../../src/platform/inline-crew.ts';
import type { HandlerSession } from '../../../src/ports/handler.ts';
import { Recorder, settled } from '../../support/folder-rig.ts';
import type { Chance } from '../../support/random.ts';
import { openSeededCrew } from '../../support/seeded-crew.ts';
import { Machine } from '../../support/virtual/machine.ts';
import type { VirtualNode } from '../../support/virtual/node.ts';
import { type Nature, posixNature, Volume } from '../../support/virtual/volume.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { placesOf } from './after.ts';
import { passTimeOf } from './computer.ts';

export type Roots = Readonly<Record<'left' | 'right' | 'state', VirtualNode>>;
const disks = ['left', 'right', 'state'] as const;

export interface Driven {
  /** Guards that stood against it. */
  readonly alarms: readonly string[];
  /** Transitions planned. */
  readonly planned: number;
  readonly changes: readonly PlanChange[];
  readonly open: ReadonlySet<string>;
  /** What it said it leaves alone because somebody takes it back each time. */
  readonly quarrels: ReadonlySet<string>;
}

/** What may be other than usual; `late`: by how much a side's clock is wrong. */
export interface Setting {
  readonly natures?: Readonly<Record<'left' | 'right', Nature>>;
  readonly late?: Readonly<Record<'left' | 'right', number>>;
  readonly rules?: JsonObject;
  /** Decides which lane goes on; without it there is one. */
  readonly lanes?: Chance;
}

export class Driver {
  readonly #setting: Setting;
  readonly clock: VirtualClock;
  readonly machine: Machine;
  #ids = 0;

  /** With `roots`, on what an earlier one left. */
  constructor(roots: Roots | null, startMs: number, setting: Setting = {}) {
    this.#setting = setting;
    this.clock = new VirtualClock(startMs);
    this.clock.hold();
    const { natures, late } = setting;
    const volumes = disks.map((name, at) => {
      const lateMs = name === 'state' ? 0 : (late?.[name] ?? 0);
      const now = () => this.clock.now() + lateMs;
      const nature = name === 'state' ? posixNature : (natures?.[name] ?? posixNature);
      return [name, new Volume(nature, at + 1, now, roots?.[name])] as const;
    });
    this.machine = new Machine(new Map(volumes));
    this.machine.before = ({ effect }) => {
      this.clock.advance(effect === 'sync' ? 4 : 1);
      return null;
    };
  }

  volume(name: (typeof disks)[number]): Volume {
    return this.machine.volumes.get(name) as Volume;
  }

  /** Throws what ends the session. `carryOut`: false only looks. */
  async run(carryOut = true): Promise<Driven> {
    passTimeOf(this.clock);
    const { machine: filesystem, clock } = this;
    const world = { filesystem, clock, sha256 };
    const random = { uuid: () => this.#uuid(), fraction: () => 0.5 };
    const { lanes, rules } = this.#setting;
    const crew =
      lanes === undefined
        ? openInlineCrew(world, folderJobs)
        : openSeededCrew(world, folderJobs, lanes);
    const handler = folderHandler({ ...world, crew, random, stateFolder: '/state/syncmgr' });
    const session = await handler.open({
      partnership: { id: 'pair', name: 'pair' },
      trigger: 'manual',
      interactive: false,
      settingsOnly: false,
      cookie: null,
      settings: { left: '/left', right: '/right', ...rules },
    });
    if (session === null) throw new Error('refused');
    try {
      return await drive(session, carryOut);
    } finally {
      await session.close();
    }
  }

  #uuid(): string {
    this.#ids += 1;
    const digits = `${Math.floor(this.clock.now())}${this.#ids}`;
    return `00000000-0000-7000-8000-${digits.slice(-12).padStart(12, '0')}`;
  }
}

export async function drive(session: HandlerSession, carryOut: boolean): Promise<Driven> {
  const recorder = new Recorder();
  await session.attach(recorder.callback);
  const prepared = await settled(await session.prepare({ items: ['folders'], approved: null }));
  if (prepared.outcome !== 'ready') throw new Error(prepared.error?.text ?? 'refused');
  const changes = [...(prepared.plan?.changes ?? [])];
  const facts = prepared.plan?.facts ?? [];
  const alarms = facts.flatMap(({ alarms: all }) => all.map(({ guard }) => guard));
  if (alarms.length === 0 && carryOut) await settled(await session.synchronize());
  const open = placesOf(recorder.conflicts);
  const told = recorder.lines.filter(({ code }) => code === 'folder-quarrel');
  const quarrels = new Set(told.flatMap(({ subject }) => subject ?? []));
  return { alarms, planned: changes.length, changes, open, quarrels };
}
