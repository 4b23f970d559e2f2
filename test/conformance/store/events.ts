// What the port says of events and of those who are told.
import assert from 'node:assert/strict';
import type { Event } from '../../../src/model/event.ts';
import { refused, type StoreFactory, withStore } from './bed.ts';
import { event, line, partnership, request, session } from './samples.ts';

export function eventRules(open: StoreFactory): void {
  withStore(
    open,
    'events are numbered upwards and stamped by the clock',
    async ({ store, clock }) => {
      const draft = event('one', { type: 'item.ended', partnership: 'p', session: 's', item: 'i' });
      await store.events.add([draft, event('two')]);
      clock.at = 6_000.5;
      await store.events.add([event('three')]);
      const all = await store.events.list(0, 100);
      assert.deepEqual(
        all.map(({ at, data }) => [at, data]),
        [
          [5_000, { mark: 'one' }],
          [5_000, { mark: 'two' }],
          [6_000.5, { mark: 'three' }],
        ],
      );
      const [first, second] = all;
      assert.deepEqual(first, { sequence: first?.sequence, at: 5_000, ...draft });
      assert.ok((second?.sequence ?? 0) > (first?.sequence ?? 0));
    },
  );

  withStore(open, 'a list begins after the number given and is limited', async ({ store }) => {
    await store.events.add(['a', 'b', 'c', 'd'].map((mark) => event(mark)));
    const all = await store.events.list(0, 100);
    assert.deepEqual(await store.events.list(all[1]?.sequence ?? 0, 1), [all[2]]);
    assert.deepEqual(await store.events.list(all[3]?.sequence ?? 0, 5), []);
  });

  withStore(open, 'reads see writes whose promise is still pending', async ({ store }) => {
    const pending = store.partnerships.put(partnership(), [event('put')]);
    assert.deepEqual(await store.partnerships.get('p1'), partnership());
    assert.equal((await store.events.list(0, 10)).length, 1);
    await pending;
  });

  withStore(open, 'subscribers are told in order, without gaps, once', async ({ store }) => {
    const told: Event[] = [];
    store.subscribe((events) => told.push(...events));
    const writes: Promise<unknown>[] = [];
    for (let number = 0; number < 50; number += 1) {
      writes.push(store.events.add([event(`a${number}`), event(`b${number}`)]));
      writes.push(store.requests.add(request({ id: `r${number}` }), [event(`c${number}`)]));
      if (number % 7 === 0) await Promise.all(writes);
    }
    await Promise.all(writes);
    assert.equal(told.length, 150);
    assert.deepEqual(told, await store.events.list(0, 1_000));
  });

  withStore(
    open,
    'a subscriber is told before the writer goes on, not earlier',
    async ({ store }) => {
      const order: string[] = [];
      store.subscribe(() => order.push('told'));
      const written = store.events.add([event('one')]).then(() => order.push('went on'));
      order.push('called');
      await written;
      assert.deepEqual(order, ['called', 'told', 'went on']);
    },
  );

  withStore(open, 'events of a refused write are not told', async ({ store }) => {
    const told: unknown[] = [];
    store.subscribe((events) => told.push(...events.map(({ data }) => data.mark)));
    await store.sessions.add(session(), []);
    const outcomes = await Promise.allSettled([
      store.events.add([event('before')]),
      store.sessions.add(session(), [event('refused')]),
      store.events.add([event('after')]),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(told, ['before', 'after']);
  });

  withStore(
    open,
    'a subscriber that writes hears of that too, after the rest',
    async ({ store }) => {
      const told: unknown[] = [];
      let written: Promise<void> | null = null;
      store.subscribe((events) => {
        written ??= store.events.add([event('answer')]);
        told.push(...events.map(({ data }) => data.mark));
      });
      await store.events.add([event('one'), event('two')]);
      await written;
      assert.deepEqual(told, ['one', 'two', 'answer']);
    },
  );

  withStore(
    open,
    'all subscribers hear in the same order, whatever one writes',
    async ({ store }) => {
      const told: [unknown[], unknown[]] = [[], []];
      const pending: Promise<void>[] = [];
      store.subscribe((events) => {
        told[0].push(...events.map(({ data }) => data.mark));
        if (pending.length < 2) pending.push(store.events.add([event('answer')]), store.flush());
      });
      store.subscribe((events) => told[1].push(...events.map(({ data }) => data.mark)));
      await store.events.add([event('one')]);
      await Promise.all(pending);
      await store.flush();
      assert.deepEqual(told, [
        ['one', 'answer'],
        ['one', 'answer'],
      ]);
    },
  );

  withStore(open, 'whoever unsubscribed hears no more, others do', async ({ store }) => {
    let [one, other] = [0, 0];
    const leave = store.subscribe(() => {
      one += 1;
    });
    store.subscribe(() => {
      other += 1;
    });
    await store.events.add([event('x')]);
    leave();
    leave();
    await store.events.add([event('y')]);
    assert.deepEqual([one, other], [1, 2]);
  });

  withStore(open, 'flush waits for what was written', async ({ store }) => {
    let durable = false;
    const written = store.events.add([event('x')]).then(() => {
      durable = true;
    });
    await store.flush();
    await Promise.resolve();
    assert.equal(durable, true);
    await written;
  });

  withStore(open, 'a closed store refuses writes and may be closed again', async ({ store }) => {
    const last = store.events.add([event('last')]);
    await store.close();
    await last;
    await assert.rejects(store.events.add([event('late')]), refused('store-closed'));
    const { ids, durable } = store.log.add([line()]);
    assert.deepEqual(ids, [0]);
    await assert.rejects(durable, refused('store-closed'));
    await store.close();
  });
}
