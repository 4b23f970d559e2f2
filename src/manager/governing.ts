// The verbs about what starts by itself: why not now, how fresh, hold it back, let it go on.
import { syncError } from '../model/error.ts';
import type { EventDraft } from '../model/event.ts';
import type { Freshness, Hold, Why } from '../model/hold.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import { everything, type Standing } from '../model/standing.ts';
import type { Terms } from '../model/terms.ts';
import { freshness } from '../record/core/freshness.ts';
import { nextRunAt } from '../trigger/core/due.ts';
import { requestOf } from './admission.ts';
import { lookAgainAfter } from './gate.ts';
import type { Part } from './part.ts';
import type { World } from './world.ts';

export async function pauseStarts(
  world: World,
  id: PartnershipId | null,
  until: number | null,
): Promise<void> {
  const { store, clock } = world.deps;
  if (id !== null) await required(world, id);
  if (until !== null && !(until > clock.now())) {
    throw syncError('usage', { what: 'A pause ends in the future.' });
  }
  await store.standings.change(
    id ?? everything,
    (before) => ({ ...before, pause: { until } }),
    () => [about(id, 'partnership.paused', { until })],
  );
  world.gate.ring();
}

export async function resumeStarts(world: World, id: PartnershipId | null): Promise<void> {
  if (id !== null) await required(world, id);
  await world.deps.store.standings.change(
    id ?? everything,
    (before) => (before.pause === null ? before : { ...before, pause: null }),
    () => [about(id, 'partnership.resumed', {})],
  );
  world.gate.ring();
}

/** A person's: it runs now, and if it fails, it is tried again as after a first failure. */
export async function retryNow(world: World, id: PartnershipId): Promise<Request> {
  await required(world, id);
  await world.deps.store.standings.change(id, (before) =>
    before.backOff === null ? before : { ...before, backOff: { ...before.backOff, failures: 0 } },
  );
  const wanted = { trigger: 'manual', partnerships: [id], startNow: true } as const;
  return world.queue().admit(await requestOf(world, wanted));
}

/** What waits for the end of its back-off need not any more. */
export async function forgetFailures(world: World, id: PartnershipId): Promise<void> {
  await world.deps.store.standings.change(id, (before) =>
    before.backOff === null ? before : { ...before, backOff: null },
  );
  world.gate.ring();
}

/** Slots up to now are settled without a run, because it was disabled. */
export async function settleSlots(world: World, id: PartnershipId): Promise<void> {
  const { store, clock } = world.deps;
  const now = clock.now();
  const from = (slots: Standing['slots']) => Math.min(now, ...Object.values(slots));
  await store.standings.change(
    id,
    (before) => {
      const names = Object.keys(before.slots);
      if (names.length === 0) return before;
      return { ...before, slots: Object.fromEntries(names.map((name) => [name, now])) };
    },
    (_, before) => [
      about(id, 'trigger.missed', {
        trigger: 'schedule',
        reason: 'disabled',
        from: from(before.slots),
        to: now,
      }),
    ],
  );
}

export async function why(world: World, id: PartnershipId): Promise<Why> {
  const partnership = await required(world, id);
  const { store, clock } = world.deps;
  const [judgement, requests, plans] = await Promise.all([
    world.gate.holds(partnership, null),
    store.requests.list(['waiting']),
    store.plans.list({ partnership: id, states: ['open'] }),
  ]);
  const waiting = requests
    .filter((request) => request.partnerships?.includes(id) === true)
    .map(({ id: request, trigger }) => ({ request, trigger }));
  const plan = plans.find(({ halts }) => halts.length > 0);
  const holds = [
    ...judgement.holds,
    ...(plan === undefined ? [] : [awaitingApproval(plan.hash)]),
    ...busy(world, partnership, waiting.length > 0 && judgement.holds.length === 0),
  ];
  const now = clock.now();
  const waits = waiting.length > 0 && judgement.holds.length > 0;
  return {
    partnership: id,
    holds,
    unsure: judgement.unsure,
    waiting,
    looksAgainAt: waits ? now + lookAgainAfter(judgement.holds, now) : null,
    nextRunAt: nextRun(world, partnership),
  };
}

export async function freshnessOf(world: World, id: PartnershipId): Promise<Freshness> {
  const partnership = await required(world, id);
  const { store, clock } = world.deps;
  const { createdAt, terms } = partnership;
  const facts = {
    createdAt,
    freshWithinMs: terms.freshWithinMs,
    nextRunAt: nextRun(world, partnership),
  };
  return freshness(await store.standings.get(id), facts, clock.now());
}

function nextRun({ deps: { clock } }: World, partnership: Partnership): number | null {
  const { id, enabled, createdAt, terms, triggers } = partnership;
  if (!enabled || !triggers.includes('schedule')) return null;
  return nextRunAt(id, terms.schedules, clock.now(), { createdAt, zone: clock.zone() });
}

function busy(world: World, { id, terms }: Partnership, isQueued: boolean): readonly Hold[] {
  const runs = [...world.parts].filter(({ runner }) => !runner.isOver);
  const hold = (kind: Hold['kind'], text: string): Hold => {
    return { kind, text, observed: `${runs.length} sessions run`, until: null };
  };
  if (runs.some(({ partnership }) => partnership.id === id)) {
    return [hold('running', 'It is being synchronized now.')];
  }
  if (!isQueued) return ahead(terms, runs);
  if (!world.queue().takesUp) return [{ ...hold('queue', unattended), observed: null }];
  return [hold('queue', 'It waits for its turn: others use what it needs, or too many run.')];
}

/** Whom it follows and who is at work now: it is their turn first. */
function ahead({ follows }: Terms, runs: readonly Part[]): readonly Hold[] {
  const found = follows.filter((one) =>
    runs.some(({ partnership }) => partnership.name === one.partnership),
  );
  return found.map(({ partnership, when }) => ({
    kind: 'follows',
    text: `It follows ${partnership}, which is being synchronized now: it runs when that has ${outcomes[when]}.`,
    observed: null,
    until: null,
  }));
}

const outcomes = { succeeded: 'succeeded', failed: 'failed', always: 'ended' } as const;

const unattended =
  'It waits for a manager that goes on by itself. Start one with syncmgr up, or run it now with syncmgr run.';

const awaitingApproval = (hash: string): Hold => ({
  kind: 'awaiting-approval',
  text: `A plan waits for your approval: syncmgr plan ${hash.slice(0, 8)} shows it.`,
  observed: null,
  until: null,
});

const about = (
  id: PartnershipId | null,
  type: EventDraft['type'],
  data: EventDraft['data'],
): EventDraft => ({ type, partnership: id, session: null, item: null, data });

async function required(world: World, id: PartnershipId): Promise<Partnership> {
  const partnership = await world.deps.store.partnerships.get(id);
  if (partnership === null) throw syncError('partnership-unknown', { name: id });
  return partnership;
}
