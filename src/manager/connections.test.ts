import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, ready, type Script } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';

const connecting = (...names: readonly (string | null)[]): Script => ({
  prepare: async (_, { callback }) => {
    for (const name of names) assert.equal(await callback.connect(name), true);
    return { ended: ready };
  },
});

test('C164 C165 C166 connections come up by name or by default, one beside the other', async () => {
  const world = new World();
  await world.add('mail', {
    ...connecting(null, 'office'),
    synchronize: async () => {
      assert.deepEqual(world.connections, ['open null', 'open office']);
      return { ended: done };
    },
  });
  await world.runOne('mail');
  assert.deepEqual(world.connections, ['open null', 'open office', 'close null', 'close office']);
});

test('C167 C168 connections stay until the last handler has finished', async () => {
  const world = new World();
  await world.add('quick', connecting('office'));
  await world.add('slow', {
    synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
  });
  const release = world.clock.hold();
  const { id } = await world.invoke(['quick', 'slow'], { trigger: 'schedule' });
  await world.idle();
  assert.deepEqual(world.connections, ['open office']);
  release();
  await world.manager.whenEnded(id);
  assert.deepEqual(world.connections, ['open office', 'close office']);
});

test('a request that only waits holds no connection open', async () => {
  const world = new World();
  await world.add('mail', connecting('office'));
  await world.add('next', { ...connecting('home') });
  const [first, second] = [await world.invoke(['mail']), await world.invoke(['next'])];
  await world.manager.whenEnded(first.id);
  await world.manager.whenEnded(second.id);
  const order = ['open office', 'close office', 'open home', 'close home'];
  assert.deepEqual(world.connections, order);
});

test('a connection that two ask for is opened once', async () => {
  const world = new World();
  await world.add('one', connecting('office'));
  await world.add('two', connecting('office'));
  await world.run(['one', 'two'], { trigger: 'schedule' });
  assert.deepEqual(world.connections, ['open office', 'close office']);
});

test('C169 a connection that fails leaves the others alone and can be tried again', async () => {
  const world = new World({ refuse: ['home'] });
  await world.add('mail', {
    prepare: async (_, { callback }) => {
      assert.equal(await callback.connect('office'), true);
      assert.equal(await callback.connect('home'), false);
      assert.equal(await callback.connect('home'), false);
      assert.deepEqual(world.connections, ['open office']);
      return { ended: ready };
    },
  });
  assert.equal((await world.runOne('mail')).phase, 'succeeded');
  assert.deepEqual(world.connections, ['open office', 'close office']);
});

test('C170 a connection that was up before is not closed', async () => {
  const world = new World({ up: ['office'] });
  await world.add('mail', connecting('office', 'home'));
  await world.runOne('mail');
  assert.deepEqual(world.connections, ['open home', 'close home']);
});

test('connections are closed after a session that failed, too', async () => {
  const world = new World();
  await world.add('mail', {
    ...connecting('office'),
    synchronize: () => Promise.reject(new Error('cut')),
  });
  assert.equal((await world.runOne('mail')).phase, 'failed');
  assert.deepEqual(world.connections, ['open office', 'close office']);
});
