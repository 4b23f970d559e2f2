// What the port says of partnerships and preferences.
import assert from 'node:assert/strict';
import { marks, refused, type StoreFactory, withStore } from './bed.ts';
import { event, partnership, preference } from './samples.ts';

export function partnershipRules(open: StoreFactory): void {
  withStore(open, 'a partnership comes back as it was put', async ({ store }) => {
    const stored = partnership();
    await store.partnerships.put(stored, [event('put')]);
    assert.deepEqual(await store.partnerships.get('p1'), stored);
    assert.deepEqual(await store.partnerships.byName('documents'), stored);
    assert.equal(await store.partnerships.get('p2'), null);
    assert.equal(await store.partnerships.byName('Documents'), null);
    assert.deepEqual(await marks(store), ['put']);
  });

  withStore(open, 'what was put does not change with the object put', async ({ store }) => {
    const settings = { left: '/a' };
    await store.partnerships.put(partnership({ settings }), []);
    settings.left = '/elsewhere';
    assert.deepEqual((await store.partnerships.get('p1'))?.settings, { left: '/a' });
  });

  withStore(open, 'a taken name is refused and leaves no event', async ({ store }) => {
    await store.partnerships.put(partnership(), []);
    const second = partnership({ id: 'p2', enabled: false });
    await assert.rejects(
      store.partnerships.put(second, [event('second')]),
      refused('partnership-exists'),
    );
    assert.deepEqual(await store.partnerships.list(), [partnership()]);
    assert.deepEqual(await marks(store), []);
  });

  withStore(open, 'putting again replaces, and may rename', async ({ store }) => {
    await store.partnerships.put(partnership(), []);
    const renamed = partnership({ name: 'papers', enabled: false });
    await store.partnerships.put(renamed, []);
    assert.deepEqual(await store.partnerships.list(), [renamed]);
    assert.equal(await store.partnerships.byName('documents'), null);
  });

  withStore(open, 'partnerships are listed in order of creation', async ({ store }) => {
    await store.partnerships.put(partnership({ id: 'late', name: 'z', createdAt: 3 }), []);
    await store.partnerships.put(partnership({ id: 'first', name: 'y', createdAt: 1 }), []);
    await store.partnerships.put(partnership({ id: 'same', name: 'a', createdAt: 3 }), []);
    await store.partnerships.put(partnership({ id: 'late', name: 'b', createdAt: 3 }), []);
    const ids = (await store.partnerships.list()).map(({ id }) => id);
    assert.deepEqual(ids, ['first', 'late', 'same']);
  });

  withStore(open, 'removing a partnership removes its preferences only', async ({ store }) => {
    await store.partnerships.put(partnership(), []);
    await store.preferences.put([preference(), preference({ partnership: 'p2' })]);
    await store.partnerships.remove('p1', [event('removed')]);
    assert.equal(await store.partnerships.get('p1'), null);
    assert.deepEqual(await store.preferences.list('p1'), []);
    assert.equal((await store.preferences.list('p2')).length, 1);
    assert.deepEqual(await marks(store), ['removed']);
  });
}

export function preferenceRules(open: StoreFactory): void {
  withStore(open, 'a preference stands per item, trigger and connection', async ({ store }) => {
    const all = [
      preference(),
      preference({ connection: '' }),
      preference({ connection: 'vpn' }),
      preference({ trigger: 'idle' }),
      preference({ item: 'other' }),
    ];
    await store.preferences.put(all);
    assert.deepEqual(await store.preferences.list('p1'), all);
  });

  withStore(open, 'a preference put again replaces in its place', async ({ store }) => {
    await store.preferences.put([preference(), preference({ item: 'other' })]);
    await store.preferences.put([preference({ checked: false })]);
    assert.deepEqual(await store.preferences.list('p1'), [
      preference({ checked: false }),
      preference({ item: 'other' }),
    ]);
  });

  withStore(open, 'preferences are removed by item, whatever the trigger', async ({ store }) => {
    const kept = preference({ item: 'kept' });
    const elsewhere = preference({ partnership: 'p2' });
    await store.preferences.put([preference(), preference({ trigger: 'idle' }), kept, elsewhere]);
    await store.preferences.remove('p1', ['mail', 'unknown']);
    assert.deepEqual(await store.preferences.list('p1'), [kept]);
    assert.deepEqual(await store.preferences.list('p2'), [elsewhere]);
  });
}
