// What the port says of plans.
import assert from 'node:assert/strict';
import { marks, type StoreFactory, withStore } from './bed.ts';
import { change, event, plan } from './samples.ts';

const [a, b, c] = ['a'.repeat(64), `${'a'.repeat(6)}${'b'.repeat(58)}`, 'c'.repeat(64)];

export function planRules(open: StoreFactory): void {
  withStore(open, 'a plan comes back as it was put, its changes in order', async ({ store }) => {
    const changes = Array.from({ length: 2_500 }, (_, number) => change(`file-${number}`));
    await store.plans.put(plan(), changes, [event('put')]);
    assert.deepEqual(await store.plans.get(a), plan());
    assert.deepEqual(await store.plans.changes(a), changes);
    assert.equal(await store.plans.get(b), null);
    assert.deepEqual(await store.plans.changes(b), []);
    assert.deepEqual(await marks(store), ['put']);
  });

  withStore(open, 'hostile paths and moves survive in a plan', async ({ store }) => {
    const moved = { ...change('"\u0000\n\ud83d\ude00'), kind: 'move', from: '__proto__' } as const;
    await store.plans.put(plan(), [moved], []);
    assert.deepEqual(await store.plans.changes(a), [moved]);
  });

  withStore(open, 'a newer plan outdates the open ones of its partnership', async ({ store }) => {
    await store.plans.put(plan(), [], []);
    await store.plans.put(plan({ hash: b, partnership: 'p2' }), [], []);
    await store.plans.put(plan({ hash: c }), [], []);
    const states = (await store.plans.list({})).map(({ hash, state }) => [hash[6], state]);
    assert.deepEqual(states, [
      ['c', 'open'],
      ['b', 'open'],
      ['a', 'outdated'],
    ]);
  });

  withStore(open, 'a newer plan leaves decided ones as they are', async ({ store }) => {
    await store.plans.put(plan(), [], []);
    await store.plans.move(a, 'open', 'approved', []);
    await store.plans.put(plan({ hash: b }), [], []);
    assert.equal((await store.plans.get(a))?.state, 'approved');
  });

  withStore(open, 'a plan put again is the newest, with its new changes', async ({ store }) => {
    await store.plans.put(plan(), [change('old'), change('older')], []);
    await store.plans.put(plan({ hash: b }), [], []);
    await store.plans.put(plan({ session: 's2' }), [change('new')], []);
    assert.deepEqual(
      (await store.plans.list({})).map(({ hash, state }) => [hash, state]),
      [
        [a, 'open'],
        [b, 'outdated'],
      ],
    );
    assert.equal((await store.plans.get(a))?.session, 's2');
    assert.deepEqual(await store.plans.changes(a), [change('new')]);
  });

  withStore(open, 'a plan moves only from the state named', async ({ store }) => {
    await store.plans.put(plan(), [], []);
    assert.equal(await store.plans.move(a, 'open', 'approved', [event('approved')]), true);
    assert.equal(await store.plans.move(a, 'open', 'rejected', [event('rejected')]), false);
    assert.equal(await store.plans.move(b, 'open', 'rejected', [event('unknown')]), false);
    assert.equal((await store.plans.get(a))?.state, 'approved');
    assert.deepEqual(await marks(store), ['approved']);
  });

  withStore(open, 'the beginning of a hash finds it, from six digits on', async ({ store }) => {
    await store.plans.put(plan(), [], []);
    await store.plans.put(plan({ hash: b }), [], []);
    const found = async (prefix: string) =>
      (await store.plans.find(prefix)).map(({ hash }) => hash);
    assert.deepEqual(await found('aaaaaa'), [b, a]);
    assert.deepEqual(await found('AAAAAAB'), [b]);
    assert.deepEqual(await found(a), [a]);
    assert.deepEqual(await found('aaaaa'), []);
    assert.deepEqual(await found('cccccc'), []);
    assert.deepEqual(await found('aaaaa%'), []);
    assert.deepEqual(await found(''), []);
  });

  withStore(open, 'plans are listed newest first by partnership and state', async ({ store }) => {
    await store.plans.put(plan(), [], []);
    await store.plans.put(plan({ hash: c }), [], []);
    await store.plans.put(plan({ hash: b, partnership: 'p2' }), [], []);
    const hashes = async (filter: Parameters<typeof store.plans.list>[0]) =>
      (await store.plans.list(filter)).map(({ hash }) => hash);
    assert.deepEqual(await hashes({}), [b, c, a]);
    assert.deepEqual(await hashes({ partnership: 'p1' }), [c, a]);
    assert.deepEqual(await hashes({ states: ['open'] }), [b, c]);
    assert.deepEqual(await hashes({ partnership: 'p1', states: ['outdated'] }), [a]);
  });
}
