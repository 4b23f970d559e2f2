import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, type Script } from '../../test/support/scripted-handler.ts';
import { SharedLocks, World } from '../../test/support/world.ts';

/** Works for a second, and notices if somebody else does at the same time. */
function exclusive(world: World, crowd: { inside: number }): Script {
  return {
    synchronize: async () => {
      crowd.inside += 1;
      assert.equal(crowd.inside, 1);
      const work = world.clock.sleep(1_000).then(() => {
        crowd.inside -= 1;
        return done;
      });
      return { pending: work };
    },
  };
}

test('S8 sessions of one partnership never overlap', async () => {
  const world = new World();
  const handler = await world.add('mail', exclusive(world, { inside: 0 }));
  const asked = ['manual', 'schedule', 'invoke', 'change'] as const;
  const requests = await Promise.all(asked.map((trigger) => world.invoke(['mail'], { trigger })));
  for (const { id } of requests) {
    const [session] = await world.manager.whenEnded(id);
    assert.equal(session?.phase, 'succeeded');
  }
  assert.equal(handler.count('synchronize'), 4);
});

test('S8 what shares a declared resource never works at the same time', async () => {
  for (const trigger of ['manual', 'schedule'] as const) {
    const world = new World();
    const crowd = { inside: 0 };
    for (const name of ['one', 'two', 'three']) {
      await world.add(name, exclusive(world, crowd), { resources: ['disk', name] });
    }
    const sessions = await world.run(['one', 'two', 'three'], { trigger });
    assert.ok(sessions.every(({ phase }) => phase === 'succeeded'));
  }
});

test('automatic requests for the same fold into the one that waits', async () => {
  const world = new World();
  const handler = await world.add('mail', exclusive(world, { inside: 0 }));
  const release = world.clock.hold();
  const requests = [];
  for (let count = 0; count < 4; count += 1) {
    requests.push(await world.invoke(['mail'], { trigger: 'change' }));
    await world.idle();
  }
  release();
  assert.deepEqual(
    requests.map(({ state }) => state),
    ['waiting', 'waiting', 'merged', 'merged'],
  );
  const [last] = await world.manager.whenEnded(requests[3]?.id ?? '');
  assert.equal(last?.request, requests[1]?.id);
  assert.equal(handler.count('open'), 2);
});

test('what was asked for by hand, with a cookie or for certain items is never merged', async () => {
  const world = new World();
  const handler = await world.add('mail', exclusive(world, { inside: 0 }));
  const cookie = Uint8Array.of(1);
  const wanted = [
    { trigger: 'manual' },
    { trigger: 'manual' },
    { trigger: 'change', cookie },
    { trigger: 'change', cookie },
    { trigger: 'change', items: ['a'] },
    { trigger: 'change' },
    { trigger: 'schedule' },
  ] as const;
  const requests = await Promise.all(wanted.map((one) => world.invoke(['mail'], one)));
  for (const { id } of requests) await world.manager.whenEnded(id);
  assert.equal(handler.count('open'), wanted.length);
});

test('a request that waits can be withdrawn', async () => {
  const world = new World();
  const handler = await world.add('mail', exclusive(world, { inside: 0 }));
  const first = await world.invoke(['mail']);
  const second = await world.invoke(['mail']);
  await world.manager.cancel(second.id);
  assert.deepEqual(await world.manager.whenEnded(second.id), []);
  await world.manager.whenEnded(first.id);
  assert.equal((await world.store.requests.get(second.id))?.state, 'withdrawn');
  assert.equal(handler.count('open'), 1);
});

test('a request is withdrawn or stopped at whatever moment it is cancelled', async () => {
  for (let turns = 0; turns < 60; turns += 1) {
    for (const trigger of ['manual', 'schedule'] as const) {
      const world = new World();
      await world.add('mail');
      await world.add('next');
      const asked = { trigger, startNow: false };
      const { id } = await world.invoke(['mail', 'next'], asked);
      const other = await world.invoke(['mail', 'next'], asked);
      for (let turn = 0; turn < turns; turn += 1) await null;
      await Promise.all([world.manager.cancel(id), world.manager.cancel(other.id)]);
      for (const one of [id, other.id]) {
        const sessions = await world.manager.whenEnded(one);
        assert.ok(sessions.every(({ phase }) => phase === 'stopped'));
      }
    }
  }
});

test('CC-01 a partnership that another process works on is waited for', async () => {
  const locks = new SharedLocks();
  const world = new World({ locks: locks.of(1) });
  await world.add('mail');
  const other = await locks.of(42).tryLock('partnership-mail');
  const before = world.clock.now();
  const { id } = await world.invoke(['mail']);
  await world.clock.sleep(5_000);
  assert.equal((await world.store.requests.get(id))?.state, 'waiting');
  if ('release' in other) other.release();
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
  assert.ok((session?.startedAt ?? 0) >= before + 5_000);
});

test('CC-01 or the request fails at once and names the process, if it would rather', async () => {
  const locks = new SharedLocks();
  const world = new World({ locks: locks.of(1) });
  const handler = await world.add('mail');
  await locks.of(42).tryLock('partnership-mail');
  const session = await world.runOne('mail', { ifBusy: 'fail' });
  assert.equal(session.phase, 'failed');
  assert.equal(session.result?.error?.code, 'already-running');
  assert.match(session.result?.error?.text ?? '', /process 42/);
  assert.equal(handler.count('open'), 0);
});

test('S7 what a dead process left is marked, and what waited is taken up', async () => {
  const locks = new SharedLocks();
  const old = new World({ locks: locks.of(1) });
  const forever = { synchronize: async () => ({ pending: new Promise<never>(() => {}) }) };
  await old.add('mail', forever);
  const running = await old.invoke(['mail']);
  const waiting = await old.invoke(['mail']);
  await old.idle();
  locks.kill(1);

  const { store, clock } = old;
  const world = new World({ locks: locks.of(2), store, clock });
  const handler = await world.add('mail');
  await world.manager.start();
  const [dead, again] = await world.manager.whenEnded(running.id);
  assert.deepEqual([dead?.phase, again?.phase], ['interrupted', 'succeeded']);
  assert.equal(dead?.result?.error?.code, 'session-interrupted');
  const [session] = await world.manager.whenEnded(waiting.id);
  assert.equal(session?.phase, 'succeeded');
  assert.equal(handler.count('open'), 2);
});

test('HN-16 a request that was under way at two deaths is not tried a third time', async () => {
  const locks = new SharedLocks();
  const forever = { synchronize: async () => ({ pending: new Promise<never>(() => {}) }) };
  let world = new World({ locks: locks.of(1) });
  const { store, clock } = world;
  await world.add('mail', forever);
  const { id } = await world.invoke(['mail']);
  for (const pid of [1, 2]) {
    await world.idle();
    locks.kill(pid);
    world = new World({ locks: locks.of(pid + 1), store, clock });
    await world.add('mail', forever);
    await world.manager.start();
  }
  const sessions = await world.manager.whenEnded(id);
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['interrupted', 'interrupted'],
  );
});

test('what another process is working on is left alone at the start', async () => {
  const locks = new SharedLocks();
  const busy = new World({ locks: locks.of(1) });
  const work = Promise.withResolvers<typeof done>();
  await busy.add('mail', { synchronize: async () => ({ pending: work.promise }) });
  const { id } = await busy.invoke(['mail']);
  await busy.idle();

  const { store, clock } = busy;
  const world = new World({ locks: locks.of(2), store, clock });
  await world.add('mail');
  await world.manager.start();
  assert.equal((await store.requests.get(id))?.state, 'running');
  work.resolve(done);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
});

test('a request that two processes could take is carried out by one', async () => {
  const locks = new SharedLocks();
  const one = new World({ locks: locks.of(1) });
  const { store, clock } = one;
  const two = new World({ locks: locks.of(2), store, clock });
  const handlers = [await one.add('mail'), await two.add('mail')];
  const outside = await locks.of(3).tryLock('partnership-mail');
  const { id } = await one.invoke(['mail']);
  await two.manager.start();
  await clock.sleep(500);
  if ('release' in outside) outside.release();
  await Promise.all([one.manager.whenEnded(id), two.manager.whenEnded(id)]);
  assert.equal((handlers[0]?.count('open') ?? 0) + (handlers[1]?.count('open') ?? 0), 1);
  assert.equal((await store.sessions.list({ request: id })).length, 1);
});

test('S9 events are told in order, once they are durable', async () => {
  const world = new World();
  const told: number[] = [];
  world.manager.onEvents((events) => {
    for (const { sequence } of events) told.push(sequence);
  });
  await world.add('mail');
  await world.run(['mail']);
  const stored = await world.store.events.list(0, 1_000);
  assert.deepEqual(
    told,
    stored.map(({ sequence }) => sequence),
  );
  assert.deepEqual(
    stored.map(({ type }) => type),
    [
      'partnership.changed',
      'request.queued',
      'request.started',
      'session.phase',
      'session.phase',
      'session.phase',
      'session.phase',
      'item.ended',
      'item.ended',
      'session.ended',
      'request.ended',
    ],
  );
});

test('a store that cannot be written any more is reported to whoever waits', async () => {
  const world = new World();
  const { store } = world;
  await world.add('mail', {
    synchronize: async () => {
      await store.close();
      return { ended: done };
    },
  });
  const { id } = await world.invoke(['mail']);
  await assert.rejects(world.manager.whenEnded(id), { code: 'store-closed' });
});

test('pausing holds a session back before its work, and resuming lets it go on', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    prepare: async () => {
      world.manager.pause(world.session('mail'));
      return { ended: { outcome: 'ready', plan: null } };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  assert.equal(world.manager.running()[0]?.phase, 'paused');
  assert.equal(handler.count('synchronize'), 0);
  world.manager.resume(world.session('mail'));
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
  assert.equal(handler.count('synchronize'), 1);
});

test('pausing reaches a handler that can be paused, and no other, while it works', async () => {
  for (const canPause of [true, false]) {
    const world = new World();
    const work = Promise.withResolvers<typeof done>();
    const handler = await world.add('mail', {
      synchronize: async () => ({ pending: work.promise }),
      ...(canPause && { pause: () => {} }),
    });
    const { id } = await world.invoke(['mail']);
    await world.idle();
    const session = world.session('mail');
    world.manager.pause(session);
    assert.equal(world.manager.running()[0]?.phase, canPause ? 'paused' : 'synchronizing');
    world.manager.resume(session);
    work.resolve(done);
    await world.manager.whenEnded(id);
    const told = handler.calls.filter((call) => call.startsWith('pause'));
    assert.deepEqual(told, canPause ? ['pause true', 'pause false'] : []);
  }
});

test('a session that is paused can be stopped', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    prepare: async () => {
      world.manager.pause(world.session('mail'));
      return { ended: { outcome: 'ready', plan: null } };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  world.manager.stop(null);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.equal(handler.count('synchronize'), 0);
});
