// What makes things run by themselves: all triggers, the retries, and the keeper of freshness, started
// and stopped as one.

import type { Event } from '../model/event.ts';
import type { PartnershipId } from '../model/partnership.ts';
import { retryKey } from '../model/request.ts';
import type { AutomaticTrigger } from '../model/terms.ts';
import type { Outside } from '../ports/outside.ts';
import { isAutomatic } from '../queue/core/automatic.ts';
import { ChangeTrigger } from '../trigger/change.ts';
import { ConnectTrigger } from '../trigger/connect.ts';
import type { Trigger, TriggerDesk } from '../trigger/desk.ts';
import type { WatchState } from '../trigger/folder-watch.ts';
import { IdleTrigger } from '../trigger/idle.ts';
import { ScheduleTrigger } from '../trigger/schedule.ts';
import { StartTrigger } from '../trigger/start.ts';
import { VolumeTrigger } from '../trigger/volume.ts';
import { Bell } from './bell.ts';
import { forgetFailures } from './governing.ts';
import { leave } from './leave.ts';
import type { Automation, WatchHealth } from './manager.ts';
import { keepWatch } from './standing-watch.ts';
import { triggerDesk, triggerWork, watchedBy } from './starting.ts';
import type { World } from './world.ts';

export async function automate(world: World): Promise<Automation> {
  const outside = await (world.deps.outside ?? nothingOutside)();
  const running = new RunningAutomation(world, outside);
  await running.start();
  return running;
}

const nothingOutside = async (): Promise<Outside> => {
  throw new Error('the manager was made without the outer world');
};

class RunningAutomation implements Automation {
  readonly #world: World;
  readonly #outside: Outside;
  readonly #desk: TriggerDesk;
  readonly #over = new AbortController();
  readonly #schedules: Bell;
  readonly #partnerships: Bell;
  readonly #change: ChangeTrigger;
  readonly #ends: (() => void)[] = [];
  #runs: Promise<unknown>[] = [];

  constructor(world: World, outside: Outside) {
    const { clock } = world.deps;
    this.#world = world;
    this.#outside = outside;
    this.#desk = triggerDesk(world, outside);
    this.#schedules = new Bell(clock);
    this.#partnerships = new Bell(clock);
    const follow = this.#partnerships.ear();
    this.#change = new ChangeTrigger({
      desk: this.#desk,
      clock,
      watching: outside.watching,
      watched: (partnership) => watchedBy(world, partnership),
      whenAsked: (signal) => follow(followEveryMs, signal),
      health: (id, state) => this.#tellHealth(id, state),
    });
  }

  async start(): Promise<void> {
    const { deps, gate, watchBook } = this.#world;
    const { power } = this.#outside;
    watchBook.use(this.#change);
    this.#ends.push(
      deps.store.subscribe((events) => this.#hear(events)),
      power.watch(() => gate.ring()),
      power.onResume(() => this.#comeBack()),
      power.onPending(({ budgetMs }) => this.#leaveInTime(budgetMs)),
    );
    await this.#takeUpRetries();
    const { signal } = this.#over;
    const { faults } = this.#world;
    // One that cannot work does not stop the others.
    this.#runs = [
      ...this.#triggers().map(([kind, trigger]) =>
        faults.keepGoing(triggerWork(kind), signal, (over) => trigger.run(over)),
      ),
      faults.keepGoing('look after what is kept', signal, (over) =>
        keepWatch(this.#world, this.#outside, over),
      ),
    ];
  }

  watches(): readonly WatchHealth[] {
    return this.#change.watches().map(([partnership, state]) => ({
      partnership,
      state: state.kind,
      reason: state.kind === 'scans' ? state.reason : null,
    }));
  }

  leave(budgetMs: number): Promise<void> {
    return leave(this.#world, this.#desk, budgetMs);
  }

  /** Nobody hears whether it came off. */
  async #leaveInTime(budgetMs: number): Promise<void> {
    await this.leave(budgetMs).catch((thrown: unknown) =>
      this.#world.faults.tell('run what was to run before the end', thrown),
    );
  }

  async stop(): Promise<void> {
    this.#over.abort();
    for (const end of this.#ends) end();
    this.#world.watchBook.use(null);
    await Promise.allSettled(this.#runs);
  }

  #triggers(): readonly (readonly [AutomaticTrigger, Trigger])[] {
    const { deps, gate, lookout } = this.#world;
    const { store, clock } = deps;
    const desk = this.#desk;
    const { network, idleness, power, volumes } = this.#outside;
    return [
      ['start', new StartTrigger(desk)],
      ['schedule', new ScheduleTrigger({ desk, store, clock, wait: this.#schedules.ear() })],
      [
        'connect',
        new ConnectTrigger({
          desk,
          network,
          clock,
          lookout,
          changed: () => gate.ring(),
          reconnected: ({ id }) => forgetFailures(this.#world, id),
          waiting: async () => {
            const standings = await store.standings.list();
            const ids = standings.flatMap((one) => (one.backOff === null ? [] : [one.partnership]));
            const found = await Promise.all(ids.map((id) => store.partnerships.get(id)));
            return found.filter((one) => one !== null);
          },
        }),
      ],
      ['idle', new IdleTrigger({ desk, idleness, power, clock })],
      [
        'volume',
        new VolumeTrigger({
          desk,
          volumes,
          roots: async (one) => (await watchedBy(this.#world, one))?.roots ?? [],
        }),
      ],
      ['change', this.#change],
    ];
  }

  #hear(events: readonly Event[]): void {
    if (events.some(({ type }) => type === 'partnership.changed')) {
      this.#schedules.ring();
      this.#partnerships.ring();
      this.#world.gate.ring();
    }
    for (const { type, partnership } of events) {
      if (type === 'partnership.waits' && partnership !== null) {
        this.#world.faults.guard(retryWork, this.#retry(partnership));
      }
    }
  }

  /** Its request waits in the queue for the end of the back-off, and is there after a restart. */
  async #retry(id: PartnershipId): Promise<void> {
    const { partnerships, standings } = this.#world.deps.store;
    const [partnership, { backOff }] = await Promise.all([partnerships.get(id), standings.get(id)]);
    if (partnership === null || backOff === null || !isAutomatic[backOff.trigger]) return;
    const trigger = backOff.trigger as AutomaticTrigger;
    const taker = { partnership, items: null };
    await this.#desk.fire(trigger, taker, { key: retryKey(backOff.session) });
  }

  async #takeUpRetries(): Promise<void> {
    for (const { partnership } of await this.#world.deps.store.standings.list()) {
      await this.#retry(partnership).catch((thrown: unknown) =>
        this.#world.faults.tell(retryWork, thrown),
      );
    }
  }

  #comeBack(): void {
    this.#world.gate.goDown(null);
    this.#world.gate.ring();
    this.#schedules.ring();
    // What was to wait for the end of the sleep.
    const { queue, faults } = this.#world;
    faults.guard('take up what waited', queue().takeUpAgain());
  }

  #tellHealth(partnership: PartnershipId, state: WatchState): void {
    const data = { state: state.kind, reason: state.kind === 'scans' ? state.reason : null };
    const event = { type: 'watch.changed', partnership, session: null, item: null, data } as const;
    this.#world.faults.guard('record an event', this.#world.deps.store.events.add([event]));
  }
}

const retryWork = 'arrange for a further attempt';

/** Partnerships may also be changed by another process. */
const followEveryMs = 60_000;
