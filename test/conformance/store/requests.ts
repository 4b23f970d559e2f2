// What the port says of requests.
import assert from 'node:assert/strict';
import { marks, refused, type StoreFactory, withStore } from './bed.ts';
import { event, request } from './samples.ts';

export function requestRules(open: StoreFactory): void {
  withStore(open, 'a request comes back as it was added, cookie and all', async ({ store }) => {
    const cookie = new Uint8Array([0, 255, 10, 0]);
    const full = request({
      cookie,
      items: ['a', 'b'],
      key: 'k',
      approvedPlan: 'f',
      minimized: true,
    });
    assert.deepEqual(await store.requests.add(full, [event('added')]), full);
    assert.deepEqual(await store.requests.get('r1'), full);
    assert.equal(await store.requests.get('r2'), null);
    assert.deepEqual(await marks(store), ['added']);
  });

  withStore(open, 'null and an empty list of partnerships stay apart', async ({ store }) => {
    await store.requests.add(request({ partnerships: null, items: [] }), []);
    const stored = await store.requests.get('r1');
    assert.deepEqual([stored?.partnerships, stored?.items], [null, []]);
  });

  withStore(open, 'a second request with the same key is the first one', async ({ store }) => {
    const first = await store.requests.add(request({ key: 'k' }), [event('first')]);
    const second = request({ id: 'r2', key: 'k', planOnly: true });
    assert.deepEqual(await store.requests.add(second, [event('second')]), first);
    assert.equal(await store.requests.get('r2'), null);
    assert.deepEqual(await marks(store), ['first']);
  });

  withStore(open, 'a key is still known after its request ended', async ({ store }) => {
    await store.requests.add(request({ key: 'k' }), []);
    await store.requests.move('r1', ['waiting'], { state: 'ended', endedAt: 9 }, []).durable;
    const answer = await store.requests.add(request({ id: 'r2', key: 'k' }), []);
    assert.deepEqual([answer.id, answer.state], ['r1', 'ended']);
  });

  withStore(open, 'two adds of one key in one turn make one request', async ({ store }) => {
    const both = await Promise.all([
      store.requests.add(request({ key: 'k' }), []),
      store.requests.add(request({ id: 'r2', key: 'k' }), []),
    ]);
    assert.deepEqual(
      both.map(({ id }) => id),
      ['r1', 'r1'],
    );
  });

  withStore(open, 'a request id cannot be added twice', async ({ store }) => {
    await store.requests.add(request(), []);
    await assert.rejects(store.requests.add(request(), [event('again')]), refused('internal'));
    assert.deepEqual(await marks(store), []);
  });

  withStore(open, 'a move changes what it names', async ({ store }) => {
    await store.requests.add(request(), []);
    const change = { state: 'merged', endedAt: 7, mergedInto: 'r0', items: ['a'] } as const;
    const moved = store.requests.move('r1', ['waiting'], change, [event('moved')]);
    assert.equal(moved.isMoved, true);
    assert.equal(await moved.durable, true);
    assert.deepEqual(await store.requests.get('r1'), request(change));
    await store.requests.move('r1', ['merged'], { startNow: false }, []).durable;
    assert.deepEqual(await store.requests.get('r1'), request({ ...change, startNow: false }));
    assert.deepEqual(await marks(store), ['moved']);
  });

  withStore(open, 'only one of two moves from the same state is granted', async ({ store }) => {
    await store.requests.add(request(), []);
    const answers = [
      store.requests.move('r1', ['waiting'], { state: 'running' }, [event('one')]),
      store.requests.move('r1', ['waiting'], { state: 'withdrawn' }, [event('other')]),
      store.requests.move('r9', ['waiting'], {}, [event('none')]),
    ];
    assert.deepEqual(
      answers.map(({ isMoved }) => isMoved),
      [true, false, false],
    );
    assert.deepEqual(await Promise.all(answers.map(({ durable }) => durable)), [
      true,
      false,
      false,
    ]);
    assert.deepEqual(await marks(store), ['one']);
  });

  withStore(open, 'requests are listed by state in order of arrival', async ({ store }) => {
    for (const id of ['b', 'a', 'c']) await store.requests.add(request({ id }), []);
    await store.requests.move('a', ['waiting'], { state: 'running' }, []).durable;
    const ids = async (states: Parameters<typeof store.requests.list>[0]) =>
      (await store.requests.list(states)).map(({ id }) => id);
    assert.deepEqual(await ids(['waiting']), ['b', 'c']);
    assert.deepEqual(await ids(['running', 'waiting']), ['b', 'a', 'c']);
    assert.deepEqual(await ids([]), []);
  });
}
