// What the port says of conflicts.
import assert from 'node:assert/strict';
import { marks, refused, type StoreFactory, withStore } from './bed.ts';
import { conflict, event } from './samples.ts';

export function conflictRules(open: StoreFactory): void {
  withStore(open, 'a conflict comes back as it was put', async ({ store }) => {
    await store.conflicts.put(conflict(), [event('opened')]);
    assert.deepEqual(await store.conflicts.get('c1'), conflict());
    assert.deepEqual(await store.conflicts.openAt('p1', 'mail', 'notes.txt'), conflict());
    assert.equal(await store.conflicts.get('c2'), null);
    assert.equal(await store.conflicts.openAt('p1', 'mail', 'Notes.txt'), null);
    assert.deepEqual(await marks(store), ['opened']);
  });

  withStore(open, 'CC-06 a conflict is replaced by the next version only', async ({ store }) => {
    await store.conflicts.put(conflict(), []);
    const resolved = conflict({
      state: 'resolved',
      resolvedAt: 9,
      resolution: { choice: 'keep', side: 'left' },
      undo: { trash: ['x'] },
      version: 2,
    });
    for (const version of [0, 1, 3]) {
      await assert.rejects(
        store.conflicts.put({ ...resolved, version }, [event('stale')]),
        refused('conflict-stale'),
      );
    }
    assert.deepEqual(await store.conflicts.get('c1'), conflict());
    await store.conflicts.put(resolved, [event('resolved')]);
    assert.deepEqual(await store.conflicts.get('c1'), resolved);
    assert.equal(await store.conflicts.openAt('p1', 'mail', 'notes.txt'), null);
    assert.deepEqual(await marks(store), ['resolved']);
  });

  withStore(open, 'one subject has one open conflict, and later another', async ({ store }) => {
    await store.conflicts.put(conflict(), []);
    const second = conflict({ id: 'c2' });
    await assert.rejects(store.conflicts.put(second, []), refused('conflict-stale'));
    await store.conflicts.put(conflict({ id: 'c3', state: 'gone' }), []);
    await store.conflicts.put(conflict({ id: 'c4', item: 'other' }), []);
    await store.conflicts.put(conflict({ state: 'gone', version: 2 }), []);
    await store.conflicts.put(second, []);
    assert.equal((await store.conflicts.openAt('p1', 'mail', 'notes.txt'))?.id, 'c2');
    await assert.rejects(
      store.conflicts.put(conflict({ version: 3 }), []),
      refused('conflict-stale'),
    );
  });

  withStore(open, 'conflicts are listed oldest first and filtered', async ({ store }) => {
    await store.conflicts.put(conflict({ subject: 'a' }), []);
    await store.conflicts.put(conflict({ id: 'c2', subject: 'b', item: 'other' }), []);
    await store.conflicts.put(conflict({ id: 'c3', subject: 'c', partnership: 'p2' }), []);
    await store.conflicts.put(conflict({ subject: 'a', state: 'resolved', version: 2 }), []);
    const ids = async (filter: Parameters<typeof store.conflicts.list>[0]) =>
      (await store.conflicts.list(filter)).map(({ id }) => id);
    assert.deepEqual(await ids({}), ['c1', 'c2', 'c3']);
    assert.deepEqual(await ids({ partnership: 'p1' }), ['c1', 'c2']);
    assert.deepEqual(await ids({ item: 'mail' }), ['c1', 'c3']);
    assert.deepEqual(await ids({ states: ['open', 'gone'] }), ['c2', 'c3']);
    assert.deepEqual(await ids({ partnership: 'p1', item: 'other', states: ['open'] }), ['c2']);
  });

  withStore(open, 'open conflicts are counted by item, settled ones are not', async ({ store }) => {
    await store.conflicts.put(conflict({ subject: 'a' }), []);
    await store.conflicts.put(conflict({ id: 'c2', subject: 'b' }), []);
    await store.conflicts.put(conflict({ id: 'c3', subject: 'a', item: 'other' }), []);
    await store.conflicts.put(conflict({ id: 'c4', subject: 'a', partnership: 'p2' }), []);
    await store.conflicts.put(conflict({ id: 'c5', subject: 'd', state: 'gone' }), []);
    const counts = async (filter: Parameters<typeof store.conflicts.countOpen>[0]) =>
      (await store.conflicts.countOpen(filter))
        .map(({ partnership, item, count }) => `${partnership} ${item} ${count}`)
        .sort();
    assert.deepEqual(await counts({}), ['p1 mail 2', 'p1 other 1', 'p2 mail 1']);
    assert.deepEqual(await counts({ partnership: 'p2' }), ['p2 mail 1']);
    assert.deepEqual(await counts({ partnership: 'p3' }), []);
  });
}
