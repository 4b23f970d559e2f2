import assert from 'node:assert/strict';
import { test } from 'node:test';
import { result, session } from '../../test/conformance/store/samples.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import type { Phase, SessionResult } from '../model/session.ts';
import type { Store } from '../ports/store.ts';
import { openMemoryStore } from '../store/memory/store.ts';
import { timesOf } from './core/item-times.ts';
import { ItemHistories } from './item-history.ts';

const done: SessionResult = {
  ...result,
  ending: 'succeeded',
  items: [
    { item: 'mail', name: 'Mail', status: 'succeeded', error: null, finishedBeforeSkip: false },
  ],
};

async function ran(store: Store, at: number, phase: Phase = 'succeeded'): Promise<void> {
  const endedAt = phase === 'succeeded' ? at + 1 : null;
  const one = { id: `s${at}`, startedAt: at, endedAt, phase };
  await store.sessions.add(session({ ...one, result: endedAt === null ? null : done }), []);
}

/** A store, and how many sessions were read from it. */
function counted() {
  const store = openMemoryStore({ clock: new VirtualClock() });
  let read = 0;
  const sessions: Store['sessions'] = {
    ...store.sessions,
    list: async (filter) => {
      const found = await store.sessions.list(filter);
      read += found.length;
      return found;
    },
  };
  const taken = () => {
    const before = read;
    read = 0;
    return before;
  };
  return { store, histories: new ItemHistories({ sessions }), taken };
}

test('what was read of a history is not read again', async () => {
  const { store, histories, taken } = counted();
  for (let at = 1; at <= 50; at += 1) await ran(store, at);
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, 51);
  assert.equal(taken(), 50);
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, 51);
  assert.equal(taken(), 1);
  await ran(store, 60);
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, 61);
  assert.equal((await histories.of('p1')).durations.length, 20);
});

test('a session under way is looked at until it has ended', async () => {
  const { store, histories } = counted();
  await ran(store, 1);
  await ran(store, 2, 'synchronizing');
  assert.deepEqual(timesOf(await histories.of('p1'), 'mail'), {
    last: 'synchronizing',
    attempt: 2,
    success: 2,
    change: 2,
  });
  await ran(store, 3);
  await store.sessions.update('s2', { phase: 'succeeded', endedAt: 9, result: done }, []);
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, 4);
  assert.deepEqual((await histories.of('p1')).durations, [1, 7, 1]);
});

test('a history whose newest session is gone is read anew', async () => {
  const { store, histories } = counted();
  await ran(store, 1);
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, 2);
  await store.prune({ before: 100, sessionsPerPartnership: 1 });
  assert.equal(timesOf(await histories.of('p1'), 'mail').success, null);
  await ran(store, 200);
  histories.keepOnly(new Set());
  assert.deepEqual((await histories.of('p1')).durations, [1]);
});
