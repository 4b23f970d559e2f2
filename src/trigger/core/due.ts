// Which slots of a schedule are due, and what becomes of those that passed. A slot is the moment that
// was meant, whenever it is noticed: it names the run, so that no restart can make a second one.
//
// A fixed time that falls into the gap of a changing clock is due at the end of the gap, one that
// comes twice is due once; an interval is real time (CK-08).
import type { Schedule } from '../../model/terms.ts';
import { lastCrons, nextCron } from '../../stdx/cron.ts';
import { shortHash } from '../../stdx/short-hash.ts';

export interface Anchor {
  /** From where intervals are counted, ms since 1970. */
  readonly createdAt: number;
  /** The zone of schedules that name none. */
  readonly zone: string;
}

/** What a schedule is called in the store: another time is another schedule. */
export function scheduleName({ at }: Schedule): string {
  if (at.kind === 'interval') return `every ${at.everyMs}`;
  return at.zone === null ? `cron ${at.expression}` : `cron ${at.expression} ${at.zone}`;
}

/** The first slot after that moment; null: there is none any more. */
export function nextSlot({ at }: Schedule, after: number, anchor: Anchor): number | null {
  if (at.kind === 'interval') {
    const passed = Math.floor((after - anchor.createdAt) / at.everyMs);
    return anchor.createdAt + Math.max(1, passed + 1) * at.everyMs;
  }
  return nextCron(at.expression, at.zone ?? anchor.zone, after);
}

/** Slots that had no run of their own. */
export interface PassedOver {
  readonly from: number;
  readonly to: number;
  /** Null: too many to be counted. */
  readonly count: number | null;
  readonly reason: 'missed' | 'joined' | 'too-many';
}

export interface Due {
  /** Each of these runs, oldest first. */
  readonly runs: readonly number[];
  readonly passedOver: PassedOver | null;
  /** Settled up to here. */
  readonly last: number;
}

/** Noticed within this time, a slot is not late: a busy computer, a restart. */
const onTimeMs = 90_000;
const runsMax = 100;
const countedMax = 1_000;
const clockMayGoBackMs = 86_400_000;

/** `last`: the slot settled last, or when the schedule was first seen. */
export function due(schedule: Schedule, last: number, now: number, anchor: Anchor): Due {
  // The clock was wrong, and far ahead: nobody waits until it is that late again.
  if (last > now + clockMayGoBackMs) return { runs: [], passedOver: null, last: now };
  const { first, newest, count } = slotsBetween(schedule, last, now, anchor);
  const end = newest.at(-1);
  if (first === null || end === undefined) return { runs: [], passedOver: null, last };
  const runs = toRun(schedule, newest, now);
  if (runs.length === count) return { runs, passedOver: null, last: end };
  const to = newest[newest.length - runs.length - 1] ?? first;
  const known = Number.isFinite(count) ? count - runs.length : null;
  const reason = reasons[schedule.missed];
  return { runs, passedOver: { from: first, to, count: known, reason }, last: end };
}

const reasons = { none: 'missed', once: 'joined', all: 'too-many' } as const;

function toRun({ missed }: Schedule, slots: readonly number[], now: number): readonly number[] {
  if (missed === 'all') return slots.slice(-runsMax);
  const newest = slots.slice(-1);
  const isLate = now - (newest[0] ?? now) > onTimeMs;
  return missed === 'none' && isLate ? [] : newest;
}

/** After a long sleep the newest are what counts, and nobody counts the others. */
function slotsBetween(
  schedule: Schedule,
  after: number,
  until: number,
  anchor: Anchor,
): { readonly first: number | null; readonly newest: readonly number[]; readonly count: number } {
  const slots: number[] = [];
  let at = nextSlot(schedule, after, anchor);
  while (at !== null && at <= until && slots.length < countedMax) {
    slots.push(at);
    at = nextSlot(schedule, at, anchor);
  }
  const first = slots[0] ?? null;
  if (slots.length < countedMax) return { first, newest: slots, count: slots.length };
  return { first, newest: newestSlots(schedule, until, anchor), count: Number.POSITIVE_INFINITY };
}

function newestSlots({ at }: Schedule, until: number, anchor: Anchor): readonly number[] {
  if (at.kind === 'interval') {
    const last = Math.floor((until - anchor.createdAt) / at.everyMs);
    const numbers = Array.from({ length: runsMax + 1 }, (_, back) => last - runsMax + back);
    return numbers.map((number) => anchor.createdAt + number * at.everyMs);
  }
  return lastCrons(at.expression, at.zone ?? anchor.zone, until, runsMax + 1);
}

/** How much later than its slots a partnership runs: always the same, so that many spread out. */
export function jitterOf(partnership: string, { jitterMs }: Schedule): number {
  const share = Number.parseInt(shortHash(partnership).slice(0, 8), 16) / 0x1_0000_0000;
  return Math.floor(share * jitterMs);
}

/** The next slot of all its schedules that is still to come; null: it has none. */
export function nextRunAt(
  partnership: string,
  schedules: readonly Schedule[],
  now: number,
  anchor: Anchor,
): number | null {
  const slots = schedules.flatMap((schedule) => {
    const jitterMs = jitterOf(partnership, schedule);
    const slot = nextSlot(schedule, now - jitterMs, anchor);
    return slot === null ? [] : [slot + jitterMs];
  });
  return slots.length === 0 ? null : Math.min(...slots);
}
