import assert from 'node:assert/strict';
import { test } from 'node:test';
import { item } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';

const never = new Promise<never>(() => {});

test('a handler that comes after its session was stopped is released', async () => {
  const world = new World();
  const arrival = Promise.withResolvers<boolean>();
  const handler = await world.add('mail', { open: () => arrival.promise });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  await world.manager.cancel(id);
  arrival.resolve(true);
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.deepEqual(handler.calls, ['open', 'close']);
});

test('a handler that comes after its session was given up is released', async () => {
  const world = new World({ graceMs: 1_000 });
  const arrival = Promise.withResolvers<boolean>();
  const handler = await world.add('mail', { open: () => arrival.promise });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  await world.manager.cancel(id);
  await world.manager.whenEnded(id);
  assert.deepEqual(handler.calls, ['open']);
  arrival.resolve(true);
  await world.idle();
  assert.deepEqual(handler.calls, ['open', 'close']);
});

test('nothing is called on a handler that was given up but its close', async () => {
  const world = new World({ graceMs: 1_000 });
  const handler = await world.add('mail', { items: () => never });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  await world.manager.cancel(id);
  await world.manager.whenEnded(id);
  assert.deepEqual(handler.calls, ['open', 'describe', 'items', 'close']);
});

test('a handler opened for its properties alone is released when it cannot list its items', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    items: async () => {
      throw new Error('no');
    },
    properties: async () => ({ ended: { next: 'nothing' } }),
  });
  await assert.rejects(world.manager.openProperties('mail', null), { code: 'handler-failed' });
  assert.equal(handler.calls.at(-1), 'close');
});

test('closing the manager releases a handler whose properties are still shown', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    items: async () => ({ complete: true, items: [item('a', { hasProperties: true })] }),
    properties: async () => ({ pending: never }),
  });
  const shown = world.manager.openProperties('mail', 'a');
  await world.idle();
  await world.manager.close();
  await assert.rejects(shown, { code: 'handler-failed' });
  assert.equal(handler.count('close'), 1);
});
