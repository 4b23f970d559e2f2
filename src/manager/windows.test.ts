import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, ready, type Script } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { Prepared, Synchronized } from '../ports/handler.ts';

const told = (handler: { calls: readonly string[] }) =>
  handler.calls.filter((call) => call.startsWith('setItemStatus'));

/** A handler whose two halves are completed by the test. */
function heldScript() {
  const prepare = Promise.withResolvers<Prepared>();
  const synchronize = Promise.withResolvers<Synchronized>();
  const script: Script = {
    prepare: async () => ({ pending: prepare.promise }),
    synchronize: async () => ({ pending: synchronize.promise }),
  };
  return { script, prepare: prepare.resolve, synchronize: synchronize.resolve };
}

test('C111 a skip while prepare pends is told at once', async () => {
  const world = new World();
  const { script, prepare, synchronize } = heldScript();
  const handler = await world.add('mail', script);
  const { id } = await world.invoke(['mail']);
  await world.idle();
  assert.ok(world.manager.skip(world.session('mail'), 'a'));
  assert.deepEqual(told(handler), ['setItemStatus a skipped']);
  prepare(ready);
  synchronize(done);
  const [session] = await world.manager.whenEnded(id);
  assert.deepEqual(
    session?.result?.items.map(({ status }) => status),
    ['skipped', 'succeeded'],
  );
  assert.equal(told(handler).length, 1);
});

test('C112 a skip while synchronize pends is told at once', async () => {
  const world = new World();
  const { script, prepare, synchronize } = heldScript();
  const handler = await world.add('mail', script);
  const { id } = await world.invoke(['mail']);
  prepare(ready);
  await world.idle();
  assert.ok(world.manager.skip(world.session('mail'), 'b'));
  assert.deepEqual(told(handler), ['setItemStatus b skipped']);
  synchronize(done);
  await world.manager.whenEnded(id);
});

test('C113 C116 C118 a skip within a call is told when the next window opens', async () => {
  const world = new World();
  const { script, synchronize } = heldScript();
  const handler = await world.add('mail', {
    ...script,
    prepare: async () => {
      assert.ok(world.manager.skip(world.session('mail'), 'a'));
      return { ended: ready };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  assert.deepEqual(handler.calls.slice(4), [
    'prepare a,b',
    'synchronize',
    'setItemStatus a skipped',
  ]);
  synchronize(done);
  await world.manager.whenEnded(id);
});

test('C116 no window opens for a promise that was settled before the return', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    prepare: async () => {
      world.manager.skip(world.session('mail'), 'a');
      return { pending: Promise.resolve(ready) };
    },
    synchronize: async () => ({ pending: Promise.resolve(done) }),
  });
  await world.runOne('mail');
  assert.deepEqual(told(handler), []);
});

test('C118 an item that has its outcome is not told to be skipped', async () => {
  const world = new World();
  const { script, synchronize } = heldScript();
  const handler = await world.add('mail', {
    ...script,
    prepare: async ({ items }, { callback }) => {
      world.manager.skip(world.session('mail'), items[0] ?? '');
      callback.progress('a', { status: 'skipped' });
      return { ended: ready };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  synchronize(done);
  await world.manager.whenEnded(id);
  assert.deepEqual(told(handler), []);
});

test('C114 C115 between the halves and after the end nobody is told', async () => {
  const world = new World();
  const { script, prepare } = heldScript();
  const slow = Promise.withResolvers<void>();
  const handler = await world.add('mail', {
    ...script,
    synchronize: async () => {
      await slow.promise;
      return { ended: done };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  prepare(ready);
  await world.idle();
  const session = world.session('mail');
  assert.ok(world.manager.skip(session, 'a'));
  slow.resolve();
  const [ended] = await world.manager.whenEnded(id);
  assert.deepEqual(told(handler), []);
  assert.equal(ended?.result?.items[0]?.status, 'skipped');
  assert.equal(world.manager.skip(session, 'b'), false);
});

test('S4 a skip of an unknown or ended item is refused', async () => {
  const world = new World();
  const { script, prepare, synchronize } = heldScript();
  const handler = await world.add('mail', script);
  const { id } = await world.invoke(['mail']);
  prepare(ready);
  await world.idle();
  handler.callback?.progress('a', { status: 'succeeded' });
  assert.equal(world.manager.skip(world.session('mail'), 'a'), false);
  assert.equal(world.manager.skip(world.session('mail'), 'z'), false);
  assert.equal(world.manager.skip('no such session', 'b'), false);
  synchronize(done);
  await world.manager.whenEnded(id);
});

test('A24 a stop in a window tells every unfinished item and waits for the handler', async () => {
  const world = new World();
  const { script, prepare, synchronize } = heldScript();
  const handler = await world.add('mail', script);
  const { id } = await world.invoke(['mail']);
  prepare(ready);
  await world.idle();
  handler.callback?.progress('a', { status: 'succeeded' });
  world.manager.stop(world.session('mail'));
  assert.deepEqual(told(handler), ['setItemStatus b skipped']);
  await world.idle();
  assert.equal(world.manager.running()[0]?.phase, 'stopping');
  synchronize(done);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.deepEqual(
    session?.result?.items.map(({ status }) => status),
    ['succeeded', 'stopped'],
  );
});

test('C127 after a stop what was not begun is not begun', async () => {
  const world = new World();
  const { script, prepare } = heldScript();
  await world.add('first', script);
  const second = await world.add('second');
  const { id } = await world.invoke(['first', 'second']);
  await world.idle();
  world.manager.stop(null);
  prepare(ready);
  const sessions = await world.manager.whenEnded(id);
  assert.deepEqual(
    sessions.map(({ phase }) => phase),
    ['stopped', 'stopped'],
  );
  assert.equal(second.count('prepare'), 0);
  assert.equal(second.count('close'), 1);
});

test('C128 after a stop during the preparation synchronize is not called', async () => {
  const world = new World();
  const { script, prepare } = heldScript();
  const handler = await world.add('mail', script);
  const { id } = await world.invoke(['mail']);
  await world.idle();
  world.manager.stop(null);
  prepare(ready);
  await world.manager.whenEnded(id);
  assert.equal(handler.count('synchronize'), 0);
});

test('S5 HN-12 a handler that ignores a stop is given up after the grace', async () => {
  const world = new World({ graceMs: 45_000 });
  const handler = await world.add('deaf', {
    synchronize: async () => ({ pending: new Promise<never>(() => {}) }),
  });
  const { id } = await world.invoke(['deaf']);
  await world.idle();
  const before = world.clock.now();
  world.manager.stop(null);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.equal(session?.result?.error?.code, 'overdue');
  assert.equal((session?.endedAt ?? 0) - before, 45_000);
  assert.equal(handler.callback?.progress('a', null), 'detached');
});

test('S5 a handler that hangs before it prepares is given up too', async () => {
  for (const stuck of ['open', 'items'] as const) {
    const world = new World({ graceMs: 1_000 });
    await world.add('deaf', { [stuck]: () => new Promise<never>(() => {}) });
    const { id } = await world.invoke(['deaf']);
    await world.idle();
    world.manager.stop(null);
    const [session] = await world.manager.whenEnded(id);
    assert.equal(session?.phase, 'stopped');
  }
});
