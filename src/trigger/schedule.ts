// Schedules. One look at all of them at a time; between the looks it sleeps, at most a minute, because
// a wall clock may be set and a laptop may have slept. A slot is settled in the store after its request
// is there: dying in between leads to the same key, and the same request.
import type { Partnership } from '../model/partnership.ts';
import { slotKey } from '../model/request.ts';
import type { Standing } from '../model/standing.ts';
import type { Schedule } from '../model/terms.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { type Due, due, jitterOf, nextSlot, type PassedOver, scheduleName } from './core/due.ts';
import type { Taker, Trigger, TriggerDesk } from './desk.ts';

export interface SchedulePorts {
  readonly desk: TriggerDesk;
  readonly store: Store;
  readonly clock: Clock;
  /** Waits so long, or until somebody has a reason to look now. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const lookEveryMs = 60_000;
const lookAtMostEveryMs = 250;

export class ScheduleTrigger implements Trigger {
  readonly #ports: SchedulePorts;
  /** When each schedule is due next, so that most looks at most of them cost nothing. */
  readonly #next = new Map<string, { readonly after: number; readonly at: number | null }>();

  constructor(ports: SchedulePorts) {
    this.#ports = ports;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = await this.#look();
      const ms = Math.min(lookEveryMs, next - this.#ports.clock.now());
      await this.#ports.wait(Math.max(lookAtMostEveryMs, ms), signal);
    }
  }

  /** When to look again at the latest. */
  async #look(): Promise<number> {
    const takers = await this.#ports.desk.takers('schedule');
    const standings = new Map(
      (await this.#ports.store.standings.list()).map((one) => [one.partnership as string, one]),
    );
    // Together, because each that is settled would wait for the disk by itself.
    const looks = takers.map(async (taker) => {
      let earliest = Number.POSITIVE_INFINITY;
      const { id, terms } = taker.partnership;
      for (const schedule of terms.schedules) {
        earliest = Math.min(earliest, await this.#lookAt(taker, schedule, standings.get(id)));
      }
      return earliest;
    });
    return Math.min(Number.POSITIVE_INFINITY, ...(await Promise.all(looks)));
  }

  async #lookAt(taker: Taker, schedule: Schedule, standing: Standing | undefined): Promise<number> {
    const { partnership } = taker;
    const now = this.#ports.clock.now();
    const last = standing?.slots[scheduleName(schedule)];
    if (last === undefined) {
      await this.#settle(partnership, schedule, now, null);
      return now;
    }
    const jitterMs = jitterOf(partnership.id, schedule);
    const next = this.#nextAfter(partnership, schedule, last);
    // One that was settled far ahead was settled by a clock that was wrong.
    const isEarly = next === null || next + jitterMs > now;
    if (isEarly && last <= now) return (next ?? Number.POSITIVE_INFINITY) + jitterMs;
    const found = due(schedule, last, now - jitterMs, this.#anchor(partnership));
    if (found.last === last) return (next ?? Number.POSITIVE_INFINITY) + jitterMs;
    await this.#carryOut(taker, schedule, found);
    return now;
  }

  async #carryOut(taker: Taker, schedule: Schedule, found: Due): Promise<void> {
    const { partnership } = taker;
    const name = scheduleName(schedule);
    const joins = schedule.missed !== 'all';
    for (const slot of found.runs) {
      const key = slotKey(partnership.id, name, slot, joins);
      await this.#ports.desk.fire('schedule', taker, { key });
    }
    await this.#settle(partnership, schedule, found.last, found.passedOver);
  }

  /** Schedules that are none any more are forgotten with it. */
  async #settle(
    { id, terms }: Partnership,
    schedule: Schedule,
    last: number,
    passedOver: PassedOver | null,
  ): Promise<void> {
    const names = new Set(terms.schedules.map(scheduleName));
    const name = scheduleName(schedule);
    const missed = passedOver?.reason === 'missed' ? (passedOver.count ?? 1) : 0;
    await this.#ports.store.standings.change(
      id,
      (before) => ({
        ...before,
        slots: {
          ...Object.fromEntries(Object.entries(before.slots).filter(([one]) => names.has(one))),
          [name]: last,
        },
        missedRuns: before.missedRuns + missed,
      }),
      () => (passedOver === null ? [] : [missedEvent(id, name, passedOver)]),
    );
  }

  #nextAfter(partnership: Partnership, schedule: Schedule, last: number): number | null {
    const { zone } = this.#anchor(partnership);
    const key = `${partnership.id} ${zone} ${scheduleName(schedule)}`;
    const known = this.#next.get(key);
    if (known?.after === last) return known.at;
    const at = nextSlot(schedule, last, this.#anchor(partnership));
    this.#next.set(key, { after: last, at });
    return at;
  }

  #anchor({ createdAt }: Partnership) {
    return { createdAt, zone: this.#ports.clock.zone() };
  }
}

function missedEvent(partnership: string, schedule: string, passedOver: PassedOver) {
  const { from, to, count, reason } = passedOver;
  return {
    type: 'trigger.missed',
    partnership,
    session: null,
    item: null,
    data: { trigger: 'schedule', schedule, from, to, count, reason },
  } as const;
}
