// Looks at what a simulated day has left in the store: no slot without a run or a reason, none with
// both, no request without its one end, no run twice, no failure tried again too soon.
import type { Event } from '../../src/model/event.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { Request } from '../../src/model/request.ts';
import type { Session } from '../../src/model/session.ts';
import type { Store } from '../../src/ports/store.ts';
import { jitterOf, nextSlot, scheduleName } from '../../src/trigger/core/due.ts';
import type { Diary } from './day-diary.ts';

export async function judgeDay(
  store: Store,
  diary: Diary,
  triggersUntil: number,
): Promise<readonly string[]> {
  const [requests, sessions, events] = await Promise.all([
    store.requests.list(['waiting', 'running', 'ended', 'merged', 'withdrawn']),
    allSessions(store, diary),
    allEvents(store),
  ]);
  const standings = await store.standings.list();
  const settled = new Map(
    standings.flatMap(({ partnership, slots }) =>
      Object.entries(slots).map(([name, last]) => [`${partnership} ${name}`, last] as const),
    ),
  );
  return [
    ...(diary.violations === 0 ? [] : [`S15 ${diary.violations} violations`]),
    ...ends(requests),
    ...runs(requests, sessions),
    ...slots(diary, requests, events, settled, triggersUntil),
    ...overlaps(sessions),
    ...retries(diary, sessions),
  ];
}

async function allSessions(store: Store, { partnerships }: Diary): Promise<readonly Session[]> {
  const lists = await Promise.all(
    partnerships.map(({ id }) => store.sessions.list({ partnership: id, limit: 10_000 })),
  );
  return lists.flatMap((list) => list.toReversed());
}

async function allEvents(store: Store): Promise<readonly Event[]> {
  const all: Event[] = [];
  for (;;) {
    const page = await store.events.list(all.at(-1)?.sequence ?? 0, 10_000);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

function ends(requests: readonly Request[]): readonly string[] {
  return requests
    .filter(({ state }) => state === 'waiting' || state === 'running')
    .map(
      ({ id, state, trigger, partnerships }) =>
        `${partnerships} ${trigger} ${id} is ${state} at the end`,
    );
}

/** One session that came to its own end for each request that ended, and none for the others. */
function runs(requests: readonly Request[], sessions: readonly Session[]): readonly string[] {
  const own = Map.groupBy(sessions, ({ request }) => request);
  return requests.flatMap(({ id, state, trigger, partnerships }) => {
    const whole = (own.get(id) ?? []).filter(({ phase }) => phase !== 'interrupted');
    const expected = state === 'ended' ? 1 : 0;
    if (whole.length === expected) return [];
    const given = (own.get(id) ?? []).filter(({ phase }) => phase === 'interrupted').length;
    // Twice under way when its process died, it may be the cause, and is given up.
    if (expected === 1 && whole.length === 0 && given >= 2) return [];
    return [`${partnerships} ${trigger} ${id} ${state} has ${whole.length} whole sessions`];
  });
}

/** S11 each slot that was settled has a request of its own, or lies in what was passed over. */
function slots(
  diary: Diary,
  requests: readonly Request[],
  events: readonly Event[],
  settled: ReadonlyMap<string, number>,
  triggersUntil: number,
): readonly string[] {
  const keys = Map.groupBy(requests, ({ key }) => key?.replace('own slot', 'slot') ?? '');
  const passed = Map.groupBy(
    events.filter(({ type, data }) => type === 'trigger.missed' && data.schedule !== undefined),
    ({ partnership, data }) => `${partnership} ${data.schedule}`,
  );
  return diary.partnerships.flatMap((partnership) =>
    partnership.triggers.includes('schedule')
      ? partnership.terms.schedules.flatMap((schedule) => {
          const name = `${partnership.id} ${scheduleName(schedule)}`;
          const last = settled.get(name);
          const due = slotsOf(partnership, schedule, diary.startedAt, triggersUntil);
          if (last === undefined) return [`${name} was never looked at`];
          return due.flatMap((slot) => {
            const made = keys.get(
              `syncmgr slot ${partnership.id} ${slot} ${scheduleName(schedule)}`,
            );
            const reasons = (passed.get(name) ?? []).filter(
              ({ data }) => slot >= Number(data.from) && slot <= Number(data.to),
            );
            const count = (made?.length ?? 0) + reasons.length;
            return count === 1 ? [] : [`S11 ${name} ${new Date(slot).toISOString()} has ${count}`];
          });
        })
      : [],
  );
}

/** Those that are due for long enough that somebody must have seen to them. */
function slotsOf(
  partnership: Partnership,
  schedule: Partnership['terms']['schedules'][number],
  from: number,
  triggersUntil: number,
): readonly number[] {
  const anchor = { createdAt: partnership.createdAt, zone: 'UTC' };
  const until = triggersUntil - jitterOf(partnership.id, schedule) - 120_000;
  const due: number[] = [];
  // The first moments belong to nobody: the manager was just looking at it for the first time.
  let slot = nextSlot(schedule, from + 60_000, anchor);
  while (slot !== null && slot <= until) {
    due.push(slot);
    slot = nextSlot(schedule, slot, anchor);
  }
  return due;
}

/** S8 sessions of one partnership follow each other. */
function overlaps(sessions: readonly Session[]): readonly string[] {
  return sessions.flatMap((session, index) => {
    const before = sessions[index - 1];
    if (before?.partnership !== session.partnership || before.phase === 'interrupted') return [];
    if (before.endedAt !== null && before.endedAt <= session.startedAt) return [];
    return [`S8 ${session.partnership}: ${session.id} began before ${before.id} had ended`];
  });
}

/** S10 after a failure that may pass nothing starts by itself for 30 s, unless a connection came back. */
function retries({ reconnections }: Diary, sessions: readonly Session[]): readonly string[] {
  return sessions.flatMap((session, index) => {
    const before = sessions[index - 1];
    if (before?.partnership !== session.partnership || before.endedAt === null) return [];
    // What a crash cut off goes on at once.
    if (session.trigger === 'manual' || before.phase === 'interrupted') return [];
    if (before.result?.error?.retry !== 'temporary') return [];
    const failedAt = before.endedAt;
    if (session.startedAt - failedAt >= 30_000) return [];
    const isBack = reconnections.some((at) => at >= failedAt && at <= session.startedAt);
    return isBack
      ? []
      : [`S10 ${session.partnership} ${session.trigger} began too soon after a failure`];
  });
}
