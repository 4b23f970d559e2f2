// Random writes and reads of a store, over so few names that they meet.
import fc from 'fast-check';
import { type EventType, eventTypes } from '../../../src/model/event.ts';
import type { PlanState } from '../../../src/model/plan.ts';
import type { RequestState } from '../../../src/model/request.ts';
import type { Phase } from '../../../src/model/session.ts';
import type { Store } from '../../../src/ports/store.ts';
import {
  change,
  conflict,
  line,
  partnership,
  plan,
  preference,
  request,
  session,
} from './samples.ts';

export interface Operation {
  readonly name: string;
  readonly with: unknown;
  readonly run: (store: Store) => Promise<unknown>;
}

const one = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <const T>(...values: readonly T[]) => fc.subarray([...values]);
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const id = one('a', 'b', 'c');
const moment = one(1, 4_000, 5_000, 5_001, 6_000.5);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), one('x', 'Ä', '%', ''));
const phase = one<Phase>('opening', 'preparing', 'paused', 'succeeded', 'failed', 'planned');
const requestState = one<RequestState>('waiting', 'running', 'ended', 'merged');
const planState = one<PlanState>('open', 'approved', 'rejected', 'carried-out');
const conflictState = one('open', 'resolved', 'gone');
const hash = one('a'.repeat(64), `${'a'.repeat(63)}b`, 'c'.repeat(64));

const drafts = fc.array(
  fc.record({
    type: one<EventType>(...eventTypes),
    partnership: fc.option(id),
    session: fc.option(id),
    item: fc.option(text),
    data: text.map((mark) => ({ mark })),
  }),
  { maxLength: 2 },
);

function operation<T extends object>(
  name: string,
  parts: { [Key in keyof T]: fc.Arbitrary<T[Key]> },
  run: (store: Store, drawn: T) => Promise<unknown>,
): fc.Arbitrary<Operation> {
  return fc
    .record(parts, { noNullPrototype: true })
    .map((drawn) => ({ name, with: drawn, run: (store) => run(store, drawn as T) }));
}

/** Leaves out what was not drawn, as the filters want it. */
function filter<T extends object>(drawn: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(drawn).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

const writes = [
  operation('partnerships.put', { id, name: one('n', 'm'), at: moment, drafts }, (store, drawn) =>
    store.partnerships.put(
      partnership({ id: drawn.id, name: drawn.name, createdAt: drawn.at }),
      drawn.drafts,
    ),
  ),
  operation('partnerships.remove', { id, drafts }, (store, drawn) =>
    store.partnerships.remove(drawn.id, drawn.drafts),
  ),
  operation(
    'preferences.put',
    { partnership: id, item: id, connection: fc.option(one('', 'vpn')), checked: fc.boolean() },
    (store, drawn) => store.preferences.put([preference(drawn)]),
  ),
  operation('preferences.remove', { id, items: some('a', 'b', 'c') }, (store, drawn) =>
    store.preferences.remove(drawn.id, drawn.items),
  ),
  operation('requests.add', { id, key: fc.option(one('k', 'l')), drafts }, (store, drawn) =>
    store.requests.add(request({ id: drawn.id, key: drawn.key }), drawn.drafts),
  ),
  operation(
    'requests.move',
    { id, from: some('waiting', 'running', 'merged'), to: requestState, at: moment, drafts },
    (store, { id: moved, from, to, at, drafts: events }) =>
      store.requests.move(moved, from, { state: to, endedAt: at }, events).durable,
  ),
  operation(
    'sessions.add',
    { id, request: id, partnership: id, phase, drafts },
    (store, { drafts: events, ...drawn }) => store.sessions.add(session(drawn), events),
  ),
  operation(
    'sessions.update',
    { id, phase, endedAt: fc.option(moment), drafts, raise: fc.boolean() },
    (store, drawn) => {
      const { phase: to, endedAt } = drawn;
      return store.sessions.update(drawn.id, { phase: to, endedAt }, drawn.drafts, drawn.raise);
    },
  ),
  operation(
    'plans.put',
    { hash, partnership: id, session: id, state: planState, paths: fc.array(text), drafts },
    (store, { paths, drafts: events, ...drawn }) =>
      store.plans.put(
        plan(drawn),
        paths.map((path) => change(path)),
        events,
      ),
  ),
  operation('plans.move', { hash, from: planState, to: planState, drafts }, (store, drawn) =>
    store.plans.move(drawn.hash, drawn.from, drawn.to, drawn.drafts),
  ),
  operation('events.add', { drafts }, (store, drawn) => store.events.add(drawn.drafts)),
  operation(
    'log.add',
    { session: id, partnership: id, text, subject: fc.option(text), errorId: fc.option(id) },
    async (store, drawn) => {
      const { ids, durable } = store.log.add([line(drawn), line()]);
      await durable;
      return ids;
    },
  ),
  operation('log.withdraw', { id, errorId: fc.option(id) }, (store, drawn) =>
    store.log.withdraw(drawn.id, drawn.errorId),
  ),
  operation(
    'conflicts.put',
    { id, item: id, subject: id, state: conflictState, version: one(1, 2, 3, 4), drafts },
    (store, { drafts: events, ...drawn }) => store.conflicts.put(conflict(drawn), events),
  ),
  operation('prune', { before: moment, keep: one(0, 1, 100) }, (store, drawn) =>
    store.prune({ before: drawn.before, sessionsPerPartnership: drawn.keep }),
  ),
];

const limit = sometimes(one(1, 2, 50));
const reads = [
  operation('requests.list', { states: some('waiting', 'running', 'ended') }, (store, drawn) =>
    store.requests.list(drawn.states),
  ),
  operation(
    'sessions.list',
    {
      partnership: sometimes(id),
      request: sometimes(id),
      phases: sometimes(some('opening')),
      limit,
    },
    (store, drawn) => store.sessions.list(filter(drawn)),
  ),
  operation(
    'plans.list',
    { partnership: sometimes(id), states: sometimes(some('open', 'outdated')) },
    (store, drawn) => store.plans.list(filter(drawn)),
  ),
  operation('plans.find', { typed: one('aaaaaa', 'c'.repeat(64), 'aaa', '') }, (store, drawn) =>
    store.plans.find(drawn.typed),
  ),
  operation('plans.changes', { hash }, (store, drawn) => store.plans.changes(drawn.hash)),
  operation('events.list', { since: fc.nat(20), limit: one(1, 5, 100) }, (store, drawn) =>
    store.events.list(drawn.since, drawn.limit),
  ),
  operation(
    'log.list',
    {
      session: sometimes(id),
      search: sometimes(text),
      withWithdrawn: fc.boolean(),
      oldestFirst: fc.boolean(),
      limit,
    },
    (store, drawn) => store.log.list(filter(drawn)),
  ),
  operation(
    'conflicts.list',
    { item: sometimes(id), states: sometimes(some('open', 'gone')) },
    (store, drawn) => store.conflicts.list(filter(drawn)),
  ),
  operation('conflicts.openAt', { item: id, subject: id }, (store, drawn) =>
    store.conflicts.openAt('p1', drawn.item, drawn.subject),
  ),
];

/** What is called in one turn, without waiting in between. */
export const turn: fc.Arbitrary<readonly Operation[]> = fc.array(
  fc.oneof({ weight: 2, arbitrary: fc.oneof(...writes) }, fc.oneof(...reads)),
  { minLength: 1, maxLength: 6 },
);

/** All that can be read of a store. */
export async function contents(store: Store): Promise<unknown> {
  const states = ['waiting', 'running', 'ended', 'merged', 'withdrawn'] as const;
  return {
    partnerships: await store.partnerships.list(),
    preferences: await Promise.all(['a', 'b', 'c'].map((one) => store.preferences.list(one))),
    requests: await store.requests.list(states),
    sessions: await store.sessions.list({ limit: 10_000 }),
    plans: await store.plans.list({}),
    events: await store.events.list(0, 10_000),
    log: await store.log.list({ withWithdrawn: true }),
    conflicts: await store.conflicts.list({}),
    generation: await store.generation(),
  };
}
