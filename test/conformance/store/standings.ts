// What the port says of standings.
import assert from 'node:assert/strict';
import { newStanding } from '../../../src/model/standing.ts';
import { marks, type StoreFactory, withStore } from './bed.ts';
import { event, partnership, session } from './samples.ts';

export function standingRules(open: StoreFactory): void {
  withStore(
    open,
    'who was never changed stands as a new one, and is not listed',
    async ({ store }) => {
      assert.deepEqual(await store.standings.get('p1'), newStanding('p1'));
      assert.deepEqual(await store.standings.list(), []);
    },
  );

  withStore(open, 'a standing comes back as it was left', async ({ store }) => {
    const slots = { 'cron 0 3 * * *': 1_000, 'every 60000': 2_000.5 };
    const backOff = { failures: 2, until: 9_000, trigger: 'idle', session: 's1' } as const;
    const left = await store.standings.change(
      'p1',
      (before) => ({ ...before, slots, backOff, pause: { until: null } }),
      (after, before) => [event(`${before.missedRuns} ${after.backOff?.failures}`)],
    );
    assert.deepEqual(left, { ...newStanding('p1'), slots, backOff, pause: { until: null } });
    assert.deepEqual(await store.standings.get('p1'), left);
    assert.deepEqual(await store.standings.list(), [left]);
    assert.deepEqual(await marks(store), ['0 2']);
  });

  withStore(open, 'changes of one turn follow on each other', async ({ store }) => {
    const raise = () =>
      store.standings.change('p1', (before) => ({ ...before, missedRuns: before.missedRuns + 1 }));
    await Promise.all([raise(), raise(), raise()]);
    assert.equal((await store.standings.get('p1')).missedRuns, 3);
  });

  withStore(
    open,
    'a standing handed back as it was is not written, nor its events',
    async ({ store }) => {
      await store.standings.change(
        'p1',
        (before) => before,
        () => [event('none')],
      );
      assert.deepEqual(await store.standings.list(), []);
      assert.deepEqual(await marks(store), []);
    },
  );

  withStore(
    open,
    'a change that throws leaves the standing and writes no event',
    async ({ store }) => {
      await assert.rejects(
        store.standings.change(
          'p1',
          () => {
            throw new Error('no');
          },
          () => [event('none')],
        ),
      );
      assert.deepEqual(await store.standings.list(), []);
      assert.deepEqual(await marks(store), []);
    },
  );

  withStore(open, 'a standing goes with its partnership', async ({ store }) => {
    await store.partnerships.put(partnership(), []);
    await store.sessions.add(session(), []);
    for (const id of ['p1', 'p2']) {
      await store.standings.change(id, (before) => ({ ...before, missedRuns: 1 }));
    }
    await store.partnerships.remove('p1', []);
    assert.deepEqual(
      (await store.standings.list()).map((one) => one.partnership),
      ['p2'],
    );
  });
}
