// What a turn's common transaction may not mix up.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { handClock, marks } from '../../../test/conformance/store/bed.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { change, event, plan, request, session } from '../../../test/conformance/store/samples.ts';
import { openSqliteStore } from './store.ts';

const clock = handClock();

test('a write that fails halfway leaves nothing, and the others of its turn whole', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const told: unknown[] = [];
  store.subscribe((events) => told.push(...events.map(({ data }) => data.mark)));
  const changes = Array.from({ length: 1_500 }, (_, number) => change(`file-${number}`));
  // No JSON: the second chunk of changes fails after the first was written, as does the second event.
  const unfit: never = 1n as never;
  const outcomes = await Promise.allSettled([
    store.events.add([event('before')]),
    store.plans.put(plan(), [...changes, { ...change('x'), detail: unfit }], [event('plan')]),
    store.events.add([event('half'), event('other half', { data: { unfit } })]),
    store.requests.add(request(), [event('unfit', { data: { unfit } })]),
    store.sessions.add(session(), [event('unfit', { data: { unfit } })]),
    store.events.add([event('after')]),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'rejected', 'rejected', 'fulfilled'],
  );
  assert.equal(await store.requests.get(request().id), null);
  assert.equal(await store.sessions.get(session().id), null);
  assert.deepEqual(told, ['before', 'after']);
  assert.deepEqual(await marks(store), ['before', 'after']);
  assert.deepEqual(
    (await store.events.list(0, 10)).map(({ sequence }) => sequence),
    [1, 2],
  );
  assert.equal(await store.plans.get(plan().hash), null);
  await store.close();
  const db = new DatabaseSync(join(folder, 'store.db'));
  assert.deepEqual(db.prepare('select number from plan_chunks').all(), []);
  db.close();
  remove();
});

test('a failed commit is nobody’s success, and the next turn begins anew', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const told: unknown[] = [];
  store.subscribe((events) => told.push(...events.map(({ data }) => data.mark)));
  await store.events.add([event('first')]);
  const db = new DatabaseSync(join(folder, 'store.db'));
  // A constraint that is looked at when the transaction is committed, and not before.
  db.exec(`create table unmet (a references log (id) deferrable initially deferred);
    create trigger fail after insert on events when new.data like '%doomed%'
    begin insert into unmet values (-1); end`);
  db.close();
  const outcomes = await Promise.allSettled([
    store.events.add([event('innocent')]),
    store.events.add([event('doomed')]),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await store.events.add([event('last')]);
  assert.deepEqual(told, ['first', 'last']);
  assert.deepEqual(await marks(store), ['first', 'last']);
  await store.close();
  remove();
});

test('subscribers hear of another process’s events before later ones of their own', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const other = openSqliteStore({ folder, clock }).store;
  const told: unknown[] = [];
  await other.events.add([event('too early')]);
  store.subscribe((events) => told.push(...events.map(({ data }) => data.mark)));
  await other.events.add([event('a'), event('b')]);
  await store.events.add([event('c')]);
  assert.deepEqual(told, ['a', 'b', 'c']);
  await other.events.add([event('d')]);
  assert.equal(told.length, 3);
  await store.poll();
  await store.poll();
  assert.deepEqual(told, ['a', 'b', 'c', 'd']);
  await Promise.all([store.close(), other.close()]);
  remove();
});

test('writes of one turn share one commit, others do not wait for them', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const other = new DatabaseSync(join(folder, 'store.db'));
  const seen = () => other.prepare('select count(*) as n from events').get()?.n;
  const first = [store.events.add([event('a')]), store.events.add([event('b')])];
  assert.equal(seen(), 0);
  await first[0];
  assert.equal(seen(), 2);
  await Promise.all(first);
  other.close();
  await store.close();
  remove();
});
