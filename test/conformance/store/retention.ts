// What the port says of forgetting (DB-10).
import assert from 'node:assert/strict';
import type { Store } from '../../../src/ports/store.ts';
import { marks, type StoreFactory, withStore } from './bed.ts';
import { change, conflict, event, line, plan, request, session } from './samples.ts';

const everything = { before: 0, sessionsPerPartnership: 1_000 };

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

/** A session with a log line and an event of its own. */
async function addSession(store: Store, id: string, more: Parameters<typeof session>[0] = {}) {
  const own = session({ id, request: `r-${id}`, ...more });
  await Promise.all([
    store.sessions.add(own, [event(id, { session: id })]),
    store.log.add([line({ session: id, text: id })]).durable,
  ]);
}

export function retentionRules(open: StoreFactory): void {
  withStore(
    open,
    'DB-10 a session that ended before goes with log and events',
    async ({ store }) => {
      await addSession(store, 'old', { phase: 'succeeded', endedAt: 99 });
      await addSession(store, 'new', { phase: 'succeeded', endedAt: 100 });
      await addSession(store, 'runs', { phase: 'paused' });
      await store.prune({ ...everything, before: 100 });
      assert.deepEqual(ids(await store.sessions.list({})), ['runs', 'new']);
      assert.deepEqual(
        (await store.log.list({})).map(({ text }) => text),
        ['runs', 'new'],
      );
      assert.deepEqual(await marks(store), ['new', 'runs']);
    },
  );

  withStore(
    open,
    'DB-10 the newest so many ended sessions per partnership stay',
    async ({ store }) => {
      for (const id of ['a', 'b', 'c'])
        await addSession(store, id, { phase: 'failed', endedAt: 9 });
      await addSession(store, 'x', { phase: 'failed', endedAt: 9, partnership: 'p2' });
      await addSession(store, 'runs', { phase: 'opening' });
      await store.prune({ before: 0, sessionsPerPartnership: 2 });
      assert.deepEqual(ids(await store.sessions.list({})), ['runs', 'x', 'c', 'b']);
    },
  );

  withStore(open, 'DB-10 a plan that waits keeps itself and its session', async ({ store }) => {
    const hashes = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    for (const [number, state] of (['open', 'approved', 'carried-out'] as const).entries()) {
      const own = { hash: hashes[number] ?? '', session: state, partnership: state, state };
      await addSession(store, state, { phase: 'planned', endedAt: 1, partnership: state });
      await store.plans.put(plan(own), [change('x')], []);
    }
    await store.prune({ before: 1_000, sessionsPerPartnership: 0 });
    assert.deepEqual(ids(await store.sessions.list({})), ['approved', 'open']);
    assert.deepEqual(
      (await store.plans.list({})).map(({ state }) => state),
      ['approved', 'open'],
    );
    assert.equal((await store.plans.changes(hashes[0] ?? '')).length, 1);
    assert.equal((await store.plans.changes(hashes[2] ?? '')).length, 0);
  });

  withStore(open, 'DB-10 requests go when over and no session needs them', async ({ store }) => {
    await addSession(store, 'stays', { phase: 'succeeded', endedAt: 200 });
    const over = { state: 'ended', endedAt: 50 } as const;
    await store.requests.add(request({ id: 'r-stays', ...over }), []);
    await store.requests.add(request({ id: 'gone', key: 'k', ...over }), []);
    await store.requests.add(request({ id: 'waits', createdAt: 1 }), []);
    await store.requests.add(request({ id: 'late', state: 'merged', endedAt: 150 }), []);
    await store.prune({ ...everything, before: 100 });
    const states = ['waiting', 'running', 'ended', 'merged', 'withdrawn'] as const;
    assert.deepEqual(ids(await store.requests.list(states)), ['r-stays', 'waits', 'late']);
    assert.equal((await store.requests.add(request({ id: 'again', key: 'k' }), [])).id, 'again');
  });

  withStore(
    open,
    'DB-10 open conflicts stay, settled ones go with their time',
    async ({ store }) => {
      const put = (id: string, more: Parameters<typeof conflict>[0]) =>
        store.conflicts.put(conflict({ id, subject: id, openedAt: 1, ...more }), []);
      await put('open', {});
      await put('settled', { state: 'resolved', resolvedAt: 50 });
      await put('gone', { state: 'gone' });
      await put('fresh', { state: 'resolved', resolvedAt: 150 });
      await store.prune({ ...everything, before: 100 });
      assert.deepEqual(ids(await store.conflicts.list({})), ['open', 'fresh']);
    },
  );

  withStore(
    open,
    'DB-10 events of no session go by age; numbers go on',
    async ({ store, clock }) => {
      clock.at = 10;
      await store.events.add([event('old')]);
      await store.events.add([event('of a running one', { session: 'runs' })]);
      await addSession(store, 'runs', { phase: 'opening' });
      clock.at = 200;
      await store.events.add([event('last')]);
      const last = (await store.events.list(0, 10)).at(-1)?.sequence ?? 0;
      await store.prune({ ...everything, before: 100 });
      assert.deepEqual(await marks(store), ['of a running one', 'runs', 'last']);
      await store.prune({ ...everything, before: 1_000 });
      await store.events.add([event('next')]);
      assert.equal((await store.events.list(0, 10)).at(-1)?.sequence, last + 1);
    },
  );
}
