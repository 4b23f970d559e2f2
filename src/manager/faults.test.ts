// What goes on by itself over a store that fails for a while: nothing dies of it, nothing is lost, and
// it is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cron,
  daemon,
  failing,
  hour,
  minute,
  second,
  terms,
} from '../../test/support/daemon-world.ts';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { syncError } from '../model/error.ts';
import type { Store } from '../ports/store.ts';
import { openMemoryStore } from '../store/memory/store.ts';
import { Faults } from './faults.ts';

/** A store that fails while it is told to. */
function frailStore(clock: VirtualClock) {
  const store = openMemoryStore({ clock });
  let course: 'sound' | 'failing' = 'sound';
  const frail = <Table extends object>(table: Table): Table =>
    new Proxy(table, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => {
          if (course === 'sound') return Reflect.apply(method, target, given);
          const durable = Promise.reject(syncError('store-full', { file: 'store.db' }));
          return name === 'move' ? { isMoved: false, durable } : durable;
        };
      },
    });
  const weak: Store = {
    ...store,
    standings: frail(store.standings),
    requests: frail(store.requests),
  };
  return {
    store: weak,
    set: (now: typeof course) => {
      course = now;
    },
  };
}

test('a schedule that came due while the store failed runs once it works again, and the fault is told once an hour', async (t) => {
  const clock = new VirtualClock();
  const { store, set } = frailStore(clock);
  const world = await daemon(t, { clock, store });
  const schedules = [cron('0 * * * *')];
  await world.add('mail', {}, { triggers: ['schedule'], terms: terms({ schedules }) });
  await world.begin();
  set('failing');
  await world.pass(hour + 5 * minute);
  const told = world.faults.filter((text) => text.includes('start what runs on schedule'));
  assert.match(told.join(), /no room left for the store store\.db\..* It goes on/);
  assert.equal(told.length, 2);
  set('sound');
  await world.pass(2 * minute);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
});

test('a change that could not be asked for while the store failed is asked for later', async (t) => {
  const clock = new VirtualClock();
  const { store, set } = frailStore(clock);
  const world = await daemon(t, { clock, store });
  const handler = await world.add('mail', {}, { triggers: ['change'] });
  handler.watches = () => ({ roots: ['/mail'], ignored: [] });
  await world.begin();
  set('failing');
  world.outside.watching.change('/mail', 'new');
  await world.pass(minute);
  assert.match(world.faults.join(), /start what runs on change: There is no room/);
  set('sound');
  await world.pass(minute);
  assert.deepEqual(await world.course('mail'), ['change succeeded']);
});

test('a further attempt that cannot be arranged is told, and harms nobody', async (t) => {
  const clock = new VirtualClock();
  const { store, set } = frailStore(clock);
  const world = await daemon(t, { clock, store });
  await world.add('mail', failing, { triggers: ['start'] });
  const end = world.store.subscribe((events) => {
    if (events.some(({ type }) => type === 'partnership.waits')) set('failing');
  });
  await world.begin();
  await world.pass(second);
  end();
  set('sound');
  assert.match(world.faults.join(), /arrange for a further attempt: There is no room/);
  await world.run(['mail']);
  assert.equal((await world.course('mail')).at(-1), 'manual failed');
});

test('what goes on is begun anew after a fault, and ends with its signal', async () => {
  const clock = new VirtualClock();
  const told: string[] = [];
  const faults = new Faults(clock, ({ text }) => told.push(text));
  const over = new AbortController();
  let begun = 0;
  await faults.keepGoing('count', over.signal, async () => {
    begun += 1;
    if (begun === 3) over.abort();
    throw new Error(`Number ${begun}.`);
  });
  assert.equal(begun, 3);
  assert.deepEqual(
    told.map((text) => /Number \d/.exec(text)?.[0]),
    ['Number 1', 'Number 2', 'Number 3'],
  );
});
