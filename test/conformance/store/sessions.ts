// What the port says of sessions and of the generation.
import assert from 'node:assert/strict';
import { endings } from '../../../src/model/session.ts';
import { marks, refused, type StoreFactory, withStore } from './bed.ts';
import { event, result, session } from './samples.ts';

export function sessionRules(open: StoreFactory): void {
  withStore(open, 'a session comes back as it was added and updated', async ({ store }) => {
    await store.sessions.add(session(), [event('added')]);
    assert.deepEqual(await store.sessions.get('s1'), session());
    await store.sessions.update('s1', { phase: 'preparing', plan: 'ff' }, [event('updated')]);
    assert.deepEqual(await store.sessions.get('s1'), session({ phase: 'preparing', plan: 'ff' }));
    await store.sessions.update('s1', { phase: 'partial', endedAt: 2, result }, []);
    const ended = session({ phase: 'partial', plan: 'ff', endedAt: 2, result });
    assert.deepEqual(await store.sessions.get('s1'), ended);
    assert.equal(await store.sessions.get('s2'), null);
    assert.deepEqual(await marks(store), ['added', 'updated']);
  });

  withStore(open, 'an ended session cannot be changed, whatever its ending', async ({ store }) => {
    for (const phase of endings) {
      await store.sessions.add(session({ id: phase, phase, endedAt: 2 }), []);
      await assert.rejects(
        store.sessions.update(phase, { phase: 'paused' }, [event('late')], true),
        refused('internal'),
      );
      assert.equal((await store.sessions.get(phase))?.phase, phase);
    }
    assert.equal(await store.generation(), 0);
    assert.deepEqual(await marks(store), []);
  });

  withStore(open, 'an unknown session and a second of one id are refused', async ({ store }) => {
    await store.sessions.add(session(), []);
    await assert.rejects(store.sessions.add(session(), [event('x')]), refused('internal'));
    await assert.rejects(store.sessions.update('s2', {}, [event('y')]), refused('internal'));
    assert.deepEqual(await marks(store), []);
  });

  withStore(open, 'the generation is raised by one when asked, else not', async ({ store }) => {
    await store.sessions.add(session(), []);
    assert.equal(await store.generation(), 0);
    await store.sessions.update('s1', { phase: 'preparing' }, []);
    assert.equal(await store.generation(), 0);
    await store.sessions.update('s1', { phase: 'synchronizing' }, [], true);
    await store.sessions.update('s1', { phase: 'succeeded' }, [], true);
    assert.equal(await store.generation(), 2);
  });

  withStore(open, 'sessions are listed newest first, filtered and limited', async ({ store }) => {
    await store.sessions.add(session({ id: 'a', startedAt: 9 }), []);
    await store.sessions.add(session({ id: 'b', partnership: 'p2', phase: 'failed' }), []);
    await store.sessions.add(session({ id: 'c', request: 'r2', phase: 'failed' }), []);
    const ids = async (filter: Parameters<typeof store.sessions.list>[0]) =>
      (await store.sessions.list(filter)).map(({ id }) => id);
    assert.deepEqual(await ids({}), ['c', 'b', 'a']);
    assert.deepEqual(await ids({ partnership: 'p1' }), ['c', 'a']);
    assert.deepEqual(await ids({ request: 'r1' }), ['b', 'a']);
    assert.deepEqual(await ids({ phases: ['failed', 'paused'] }), ['c', 'b']);
    assert.deepEqual(await ids({ partnership: 'p1', phases: ['failed'] }), ['c']);
    assert.deepEqual(await ids({ phases: [] }), []);
    assert.deepEqual(await ids({ limit: 2 }), ['c', 'b']);
    assert.deepEqual(await ids({ limit: 0 }), ['c']);
  });

  withStore(
    open,
    'a list of sessions has a hundred unless more are asked for',
    async ({ store }) => {
      const ids = Array.from({ length: 102 }, (_, number) => `s${number}`);
      await Promise.all(ids.map((id) => store.sessions.add(session({ id }), [])));
      assert.equal((await store.sessions.list({})).length, 100);
      assert.equal((await store.sessions.list({ limit: 20_000 })).length, 102);
    },
  );
}
