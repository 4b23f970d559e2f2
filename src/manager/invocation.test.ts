import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { ItemPreference } from '../model/item.ts';
import { isInteractive, triggerKinds } from '../model/trigger.ts';

test('C16 an invocation is answered before the work is done', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
  });
  const request = await world.invoke(['mail']);
  assert.equal(request.state, 'waiting');
  assert.equal((await world.store.requests.get(request.id))?.id, request.id);
  assert.equal(handler.callback?.progress('a', null) ?? 'not yet', 'not yet');
  await world.manager.whenEnded(request.id);
});

test('C17 C19 all are opened, or only those that were named', async () => {
  const world = new World();
  const [one, two] = [await world.add('one'), await world.add('two')];
  await world.run(null);
  await world.run(['two'], { trigger: 'invoke' });
  assert.deepEqual([one.count('open'), two.count('open')], [1, 2]);
});

test('C20 with startNow no choice waits', async () => {
  const world = new World();
  const phases: string[] = [];
  world.manager.onEvents((events) => {
    for (const { type, data } of events) {
      if (type === 'session.phase') phases.push(String(data.phase));
    }
  });
  await world.add('mail');
  await world.run(['mail'], { trigger: 'invoke' });
  assert.deepEqual(phases, ['opening', 'preparing', 'prepared', 'synchronizing']);
});

test('C23 C24 C25 the cookie reaches the handler as it was when it was given', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const cookie = Uint8Array.of(0, 255, 7);
  const asked = world.invoke(['mail'], { trigger: 'invoke', cookie });
  cookie.fill(1);
  await world.manager.whenEnded((await asked).id);
  assert.deepEqual(handler.openings[0]?.cookie, Uint8Array.of(0, 255, 7));
  assert.equal(handler.openings[0]?.trigger, 'invoke');
});

test('C26 C37 C38 C39 C40 C41 C44 each trigger is told with its rule for asking', async () => {
  const world = new World();
  const handler = await world.add('mail');
  for (const trigger of triggerKinds) await world.run(['mail'], { trigger });
  assert.deepEqual(
    handler.openings.map(({ trigger, interactive, cookie }) => [trigger, interactive, cookie]),
    triggerKinds.map((trigger) => [trigger, isInteractive[trigger], null]),
  );
});

test('C27 C29 an invocation of an unknown partnership or with too large a cookie starts nothing', async () => {
  const world = new World();
  await world.add('mail');
  await assert.rejects(world.invoke(['mail', 'nobody']), { code: 'partnership-unknown' });
  const cookie = new Uint8Array(1_048_577);
  await assert.rejects(world.invoke(['mail'], { cookie }), { code: 'usage' });
  assert.deepEqual(await world.store.requests.list(['waiting', 'running', 'ended']), []);
});

test('C31 requests that may ask are carried out one after another', async () => {
  const world = new World();
  for (const name of ['one', 'two']) {
    await world.add(name, {
      synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
    });
  }
  const first = await world.invoke(['one']);
  const second = await world.invoke(['two']);
  const [one] = await world.manager.whenEnded(first.id);
  const [two] = await world.manager.whenEnded(second.id);
  assert.ok((two?.startedAt ?? 0) >= (one?.endedAt ?? Number.POSITIVE_INFINITY));
});

test('C13 C14 C15 who takes part in an automatic trigger: by itself, or by a tick', async () => {
  const world = new World();
  const tick: ItemPreference = {
    partnership: 'ticked',
    item: 'b',
    trigger: 'idle',
    connection: null,
    checked: true,
  };
  const itself = await world.add('itself', {}, { triggers: ['idle'] });
  const ticked = await world.add('ticked');
  const neither = await world.add('neither');
  await world.manager.setPreferences([tick]);
  await world.run(null, { trigger: 'idle' });
  assert.deepEqual(
    [itself, ticked, neither].map((one) => one.count('open')),
    [1, 1, 0],
  );
  assert.ok(itself.calls.includes('prepare a,b'));
  assert.ok(ticked.calls.includes('prepare b'));
});

test('a paused partnership takes part when it is named by hand, and not otherwise', async () => {
  const world = new World();
  const handler = await world.add('mail', {}, { enabled: false, triggers: ['schedule'] });
  assert.deepEqual(await world.run(null), []);
  assert.deepEqual(await world.run(['mail'], { trigger: 'schedule' }), []);
  assert.equal(handler.count('open'), 0);
  await world.run(['mail']);
  assert.equal(handler.count('open'), 1);
});

test('one request with the same key is one request', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const first = await world.invoke(['mail'], { key: 'nightly' });
  const second = await world.invoke(['mail'], { key: 'nightly' });
  assert.equal(second.id, first.id);
  await world.manager.whenEnded(second.id);
  assert.equal((await world.invoke(['mail'], { key: 'nightly' })).id, first.id);
  await world.idle();
  assert.equal(handler.count('open'), 1);
});

test('a handler nobody registered fails its session with a name to look for', async () => {
  const world = new World();
  await world.add('mail', {}, { handler: 'imap' });
  const session = await world.runOne('mail');
  assert.equal(session.result?.error?.code, 'handler-unknown');
});

test('A6 a partnership can be taken off the list while its session runs to its end', async () => {
  const world = new World();
  const work = Promise.withResolvers<typeof done>();
  await world.add('mail', { synchronize: async () => ({ pending: work.promise }) });
  const request = await world.invoke(['mail']);
  await world.idle();
  await world.manager.remove('mail', 'let-run');
  assert.deepEqual(await world.manager.partnerships(), []);
  work.resolve(done);
  const [session] = await world.manager.whenEnded(request.id);
  assert.equal(session?.phase, 'succeeded');
});

test('a partnership that is removed is stopped first', async () => {
  const world = new World();
  const stopped = Promise.withResolvers<void>();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.signal(null).addEventListener('abort', () => stopped.resolve());
      return { pending: stopped.promise.then(() => done) };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  await world.manager.remove('mail');
  const [session] = await world.manager.whenEnded(id);
  assert.equal(session?.phase, 'stopped');
  assert.deepEqual(await world.manager.partnerships(), []);
});

test('closing the manager stops what runs and releases what is kept', async () => {
  const world = new World();
  const stopped = Promise.withResolvers<void>();
  const handler = await world.add('mail', {
    synchronize: async ({ callback }) => {
      const line = { item: null, level: 'error', text: 'x', errorId: 'x', jump: true } as const;
      callback.log({ ...line, subject: null, code: null });
      callback.signal(null).addEventListener('abort', () => stopped.resolve());
      return { pending: stopped.promise.then(() => done) };
    },
  });
  await world.invoke(['mail']);
  await world.idle();
  await world.manager.close();
  assert.equal(handler.count('close'), 1);
  await assert.rejects(world.invoke(['mail']), { code: 'store-closed' });
});
