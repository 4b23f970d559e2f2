// What the port says of the log.
import assert from 'node:assert/strict';
import type { LogFilter } from '../../../src/ports/store.ts';
import { type Bed, type StoreFactory, withStore } from './bed.ts';
import { line } from './samples.ts';

const texts = async ({ store }: Bed, filter: LogFilter) =>
  (await store.log.list(filter)).map(({ text }) => text);

export function logRules(open: StoreFactory): void {
  withStore(open, 'log ids are known at once and rise in the order given', async ({ store }) => {
    const first = store.log.add([line({ text: 'a' }), line({ text: 'b' })]);
    const second = store.log.add([line({ text: 'c' })]);
    const ids = [...first.ids, ...second.ids];
    assert.equal(ids.length, 3);
    assert.deepEqual(
      ids,
      [...ids].sort((one, other) => one - other),
    );
    assert.equal((await store.log.get(ids[2] ?? 0))?.text, 'c');
    await Promise.all([first.durable, second.durable]);
  });

  withStore(open, 'a log line comes back as it was added', async ({ store, clock }) => {
    clock.at = 7_000;
    const draft = line({ text: 'a\u0000b\n"', code: 'overdue' });
    const { ids, durable } = store.log.add([draft]);
    await durable;
    const entry = { id: ids[0], at: 7_000, ...draft, withdrawn: false };
    assert.deepEqual(await store.log.get(ids[0] ?? 0), entry);
    assert.deepEqual(await store.log.list({}), [entry]);
    assert.equal(await store.log.get(99_999), null);
  });

  withStore(open, 'a log is read newest first, or oldest first if asked', async (bed) => {
    await bed.store.log.add(['a', 'b', 'c'].map((text) => line({ text }))).durable;
    assert.deepEqual(await texts(bed, {}), ['c', 'b', 'a']);
    assert.deepEqual(await texts(bed, { oldestFirst: true }), ['a', 'b', 'c']);
    assert.deepEqual(await texts(bed, { limit: 2 }), ['c', 'b']);
    assert.deepEqual(await texts(bed, { limit: 2, oldestFirst: true }), ['a', 'b']);
  });

  withStore(open, 'a log is read on from a line, to older and to newer ones', async (bed) => {
    const { ids, durable } = bed.store.log.add(
      ['a', 'b', 'c', 'd', 'e'].map((text) => line({ text, subject: null })),
    );
    await durable;
    const [, b = 0, , d = 0] = ids;
    assert.deepEqual(await texts(bed, { before: d, limit: 2 }), ['c', 'b']);
    assert.deepEqual(await texts(bed, { after: b }), ['e', 'd', 'c']);
    assert.deepEqual(await texts(bed, { after: b, before: d }), ['c']);
    assert.deepEqual(await texts(bed, { after: b, oldestFirst: true, limit: 1 }), ['c']);
    assert.deepEqual(await texts(bed, { after: b, search: 'E' }), ['e']);
    assert.deepEqual(await texts(bed, { before: b, levels: [] }), []);
  });

  withStore(open, 'a log is filtered by session, partnership and level', async (bed) => {
    await bed.store.log.add([
      line({ text: 'a', session: 's2' }),
      line({ text: 'b', partnership: 'p2' }),
      line({ text: 'c', level: 'error' }),
      line({ text: 'd', level: 'information' }),
    ]).durable;
    assert.deepEqual(await texts(bed, { session: 's2' }), ['a']);
    assert.deepEqual(await texts(bed, { partnership: 'p2' }), ['b']);
    assert.deepEqual(await texts(bed, { levels: ['error', 'information'] }), ['d', 'c']);
    assert.deepEqual(await texts(bed, { levels: [] }), []);
    assert.deepEqual(await texts(bed, { session: 's1', levels: ['warning'] }), ['b']);
  });

  withStore(open, 'a search looks in text and subject, in any case', async (bed) => {
    await bed.store.log.add([
      line({ text: 'Ungültig', subject: null }),
      line({ text: 'x', subject: 'ordner/ÜBUNG.txt' }),
      line({ text: '100%', subject: null }),
      line({ text: 'a_b', subject: null }),
    ]).durable;
    assert.deepEqual(await texts(bed, { search: 'ü' }), ['x', 'Ungültig']);
    assert.deepEqual(await texts(bed, { search: 'Übung' }), ['x']);
    assert.deepEqual(await texts(bed, { search: '%' }), ['100%']);
    assert.deepEqual(await texts(bed, { search: '_' }), ['a_b']);
    assert.equal((await texts(bed, { search: '' })).length, 4);
    assert.deepEqual(await texts(bed, { search: 'ü', session: 's9' }), []);
  });

  withStore(open, 'lines are withdrawn by errorId or all of a session', async (bed) => {
    const { log } = bed.store;
    const { ids, durable } = log.add([
      line({ text: 'a' }),
      line({ text: 'b' }),
      line({ text: 'c', errorId: null }),
      line({ text: 'd', session: 's2' }),
    ]);
    await durable;
    assert.equal(await log.withdraw('s1', 'e1'), 2);
    assert.deepEqual(await texts(bed, {}), ['d', 'c']);
    assert.deepEqual(await texts(bed, { withWithdrawn: true, session: 's1' }), ['c', 'b', 'a']);
    assert.equal((await log.get(ids[0] ?? 0))?.withdrawn, true);
    assert.equal(await log.withdraw('s1', 'e1'), 0);
    assert.equal(await log.withdraw('s1', null), 1);
    assert.deepEqual(await texts(bed, {}), ['d']);
  });
}
