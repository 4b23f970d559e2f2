// A day of a manager that runs by itself: 200 partnerships with every trigger, failures, networks that
// come and go, pauses, sleeps, two restarts and a crash, over the real kernel. At the end every slot
// must have had one run or a recorded reason, and every accepted request its one end.

import type { Partnership } from '../../src/model/partnership.ts';
import { plainConditions, plainTerms, type Schedule } from '../../src/model/terms.ts';
import { type TriggerKind, triggerKinds } from '../../src/model/trigger.ts';
import type { Store } from '../../src/ports/store.ts';
import { scheduleName } from '../../src/trigger/core/due.ts';
import { Chance } from '../support/random.ts';
import { done, failed, type Script } from '../support/scripted-handler.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { VirtualOutside } from '../support/virtual-outside.ts';
import { SharedLocks } from '../support/world.ts';
import type { Diary } from './day-diary.ts';
import { Epoch } from './day-epoch.ts';
import { judgeDay } from './day-judge.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A store that outlives the managers that use it. */
export interface Ground {
  open(clock: VirtualClock): Store;
  end(): void;
}

export interface DayOptions {
  readonly items?: number;
  readonly ground: Ground;
  /** Turns of the event loop that work may need at one moment. */
  readonly turns: number;
}

/** The faults of that seed's day; none: it was as it has to be. */
export async function simulateDay(seed: number, options: DayOptions): Promise<readonly string[]> {
  const day = new Day(seed, options);
  try {
    return await day.run();
  } finally {
    options.ground.end();
  }
}

class Day {
  readonly #chance: Chance;
  readonly #clock = new VirtualClock(Date.UTC(2026, 2, 28, 22));
  readonly #outside: VirtualOutside;
  readonly #locks = new SharedLocks();
  readonly #options: DayOptions;
  readonly #diary: Diary;
  #epoch: Epoch | null = null;
  #pid = 0;
  #mood: 'as it comes' | 'all is well' = 'as it comes';

  constructor(seed: number, options: DayOptions) {
    this.#chance = new Chance(seed);
    this.#clock.hold();
    this.#clock.turns = options.turns;
    this.#outside = new VirtualOutside(this.#clock);
    this.#options = options;
    const partnerships = Array.from({ length: options.items ?? 200 }, (_, at) => this.#draw(at));
    const startedAt = this.#clock.now();
    this.#diary = { partnerships, startedAt, faults: [], reconnections: [], violations: 0 };
  }

  async run(): Promise<readonly string[]> {
    await this.#begin();
    const moments = [0.25, 0.5, 0.75].map((share) => Math.round(share * 24 * hour));
    const acts = [() => this.#restart(), () => this.#crash(), () => this.#restart()];
    const end = this.#clock.monotonic() + 24 * hour;
    while (this.#clock.monotonic() < end) {
      const due = moments[0];
      if (due !== undefined && this.#clock.monotonic() >= due) {
        moments.shift();
        await acts.shift()?.();
      }
      await this.#somethingHappens();
      await this.#clock.pass(minute + this.#chance.below(9 * minute));
    }
    const triggersUntil = await this.#calmDown();
    const store = this.#store();
    await this.#epoch?.stop();
    this.#diary.violations += this.#epoch?.violations() ?? 0;
    return [...this.#diary.faults, ...(await judgeDay(store, this.#diary, triggersUntil))];
  }

  /**
   * What failed succeeds, what was away is back: nothing may be left over. Until when something was still
   * begun by itself: what is on its way by then may take its time.
   */
  async #calmDown(): Promise<number> {
    this.#mood = 'all is well';
    this.#outside.power.set({ onBattery: false, charge: 1 });
    this.#online();
    await this.#epoch?.resumeAll();
    await this.#clock.pass(3 * hour);
    const triggersUntil = this.#clock.now();
    await this.#epoch?.drain();
    return triggersUntil;
  }

  #store(): Store {
    return this.#options.ground.open(this.#clock);
  }

  async #begin(): Promise<void> {
    this.#pid += 1;
    this.#epoch = new Epoch({
      store: this.#store(),
      clock: this.#clock,
      outside: this.#outside,
      locks: this.#locks.of(this.#pid),
      partnerships: this.#diary.partnerships,
      script: (name) => this.#script(name),
    });
    await this.#epoch.begin();
  }

  async #restart(): Promise<void> {
    await this.#epoch?.stop();
    this.#diary.violations += this.#epoch?.violations() ?? 0;
    this.#locks.kill(this.#pid);
    await this.#clock.pass(this.#chance.below(40 * minute));
    await this.#begin();
  }

  async #crash(): Promise<void> {
    this.#epoch?.die();
    this.#locks.kill(this.#pid);
    await this.#clock.pass(this.#chance.below(40 * minute));
    await this.#begin();
  }

  async #somethingHappens(): Promise<void> {
    const { power, volumes, idleness, watching, network } = this.#outside;
    const item = `item-${this.#chance.below(this.#diary.partnerships.length)}`;
    const acts: (() => unknown)[] = [
      () => network.goOffline(),
      () => this.#online(),
      () => this.#online(),
      () => power.set({ onBattery: this.#chance.often(0.3), charge: this.#chance.next() }),
      () => {
        idleness.seenAt = this.#clock.now();
      },
      () => volumes.set(['/', ...(this.#chance.often(0.5) ? [`/media/${item}`] : [])]),
      () => watching.change(`/data/${item}`, 'file'),
      () => watching.change(`/data/${item}`, 'other'),
      () => watching.tell(`/data/${item}`, { kind: 'broken', reason: 'it was drawn so' }),
      () => this.#epoch?.pause(item, this.#clock.now() + this.#chance.below(2 * hour) + 1),
      () => this.#epoch?.byHand(item),
      () => this.#epoch?.byHand(item),
      () => this.#epoch?.retry(item),
      () => this.#sleep(),
    ];
    await this.#chance.pick(acts)();
  }

  #online(): void {
    this.#outside.network.goOffline();
    this.#outside.network.comeOnline();
    this.#diary.reconnections.push(this.#clock.now());
  }

  /** The wall clock goes on without us. */
  async #sleep(): Promise<void> {
    if (this.#chance.often(0.7)) return;
    const { power } = this.#outside;
    const ready = power.announce({ kind: 'sleep', budgetMs: 5 * second });
    await this.#clock.pass(6 * second);
    await ready;
    this.#clock.setWall(this.#chance.below(60) * minute);
    power.resume();
  }

  #draw(at: number): Partnership {
    const automatic = triggerKinds.filter((kind) => kind !== 'manual' && kind !== 'invoke');
    const triggers: TriggerKind[] = automatic.filter(() => this.#chance.often(0.35));
    const name = `item-${at}`;
    const target = this.#chance.often(0.3)
      ? ({ kind: 'tcp', host: name, port: 22 } as const)
      : null;
    const battery = this.#chance.often(0.2) ? 2 : null;
    return {
      id: name,
      name,
      handler: name,
      settings: {},
      enabled: true,
      triggers,
      terms: {
        ...plainTerms,
        schedules: this.#drawSchedules(),
        conditions: { ...plainConditions, target, battery },
        priority: this.#chance.below(3),
        volume: `/media/${name}`,
      },
      resources: this.#chance.often(0.2) ? [`disk-${this.#chance.below(3)}`] : [],
      approve: 'guarded',
      createdAt: this.#clock.now() - this.#chance.below(1_000_000),
      adHoc: false,
    };
  }

  #drawSchedules(): readonly Schedule[] {
    const zone = this.#chance.pick([null, 'Europe/Vienna', 'Asia/Kolkata', 'America/New_York']);
    const drawn: readonly Schedule['at'][] = [
      { kind: 'cron', expression: `${this.#chance.below(60)} * * * *`, zone },
      { kind: 'cron', expression: `*/${15 + this.#chance.below(20)} * * * *`, zone },
      { kind: 'cron', expression: `30 ${this.#chance.below(24)} * * *`, zone },
      { kind: 'cron', expression: '30 2 * * *', zone: 'Europe/Vienna' },
      { kind: 'interval', everyMs: (10 + this.#chance.below(100)) * minute },
    ];
    const missed = this.#chance.pick(['none', 'once', 'all'] as const);
    const jitterMs = this.#chance.often(0.3) ? this.#chance.below(10 * minute) : 0;
    const all = drawn.filter(() => this.#chance.often(0.3)).map((at) => ({ at, missed, jitterMs }));
    // One name is one schedule.
    return all.filter(
      (one, index) => all.findIndex((other) => scheduleName(other) === scheduleName(one)) === index,
    );
  }

  #script(name: string): Script {
    const partnership = this.#diary.partnerships.find(({ id }) => id === name);
    let running = 0;
    return {
      open: ({ trigger }) => {
        const isByHand = trigger === 'manual' || trigger === 'invoke';
        if (!isByHand && partnership?.terms.conditions.battery === 2)
          this.#checkMains(name, trigger);
        return !this.#chance.often(0.02);
      },
      synchronize: async () => {
        running += 1;
        const epoch = this.#epoch;
        if (running > 1) this.#fault(`S8 ${name} ran twice at once`);
        if (this.#chance.often(0.5)) await this.#clock.sleep(this.#chance.below(3 * minute));
        if (epoch === this.#epoch) running -= 1;
        else running = 0;
        if (this.#mood === 'all is well' || !this.#chance.often(0.15)) return { ended: done };
        const retry = this.#chance.often(0.8) ? 'temporary' : 'needs-person';
        return { ended: { ...failed, error: { code: 'drawn', text: 'It was drawn so.', retry } } };
      },
    };
  }

  #checkMains(name: string, trigger: TriggerKind): void {
    if (this.#outside.power.now.onBattery === true) {
      this.#fault(`${name} began by ${trigger} on battery`);
    }
  }

  #fault(text: string): void {
    this.#diary.faults.push(`${new Date(this.#clock.now()).toISOString()} ${text}`);
  }
}
