import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, ready } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';
import type { ItemProgress } from './manager.ts';

test('C121 C122 C123 C124 C125 answers follow what the person asked for, each time', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      const session = world.session('mail');
      assert.equal(callback.progress('a', null), 'continue');
      world.manager.skip(session, 'a');
      assert.equal(callback.progress('a', null), 'skip');
      assert.equal(callback.progress('a', { value: 1 }), 'skip');
      assert.equal(callback.progress('b', null), 'continue');
      world.manager.stop(session);
      assert.equal(callback.progress('a', null), 'stop');
      assert.equal(callback.progress('b', null), 'stop');
      return { ended: done };
    },
  });
  assert.equal((await world.runOne('mail')).phase, 'stopped');
});

test('a skip aborts the signal of the item, a stop all signals', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      const session = world.session('mail');
      const signals = ['a', 'b', null].map((one) => callback.signal(one));
      world.manager.skip(session, 'a');
      assert.deepEqual(
        signals.map(({ aborted }) => aborted),
        [true, false, false],
      );
      world.manager.stop(session);
      assert.ok(signals.every(({ aborted }) => aborted));
      assert.ok(callback.signal('unheard of').aborted);
      return { ended: done };
    },
  });
  await world.runOne('mail');
});

test('C129 C130 C131 C132 C133 a report changes what it names, whoever is there', async () => {
  const world = new World();
  const shown: ItemProgress[] = [];
  world.manager.onProgress((one) => shown.push(one));
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.progress('a', { status: 'updating', text: 'one', value: 1, max: 10 });
      callback.progress('a', null);
      callback.progress('a', { text: 'two' });
      await world.clock.sleep(150);
      const row = world.manager.running()[0]?.items[0];
      assert.deepEqual([row?.status, row?.text, row?.value, row?.max], ['updating', 'two', 1, 10]);
      return { ended: done };
    },
  });
  await world.runOne('mail', { trigger: 'schedule' });
  assert.deepEqual(
    shown.map(({ text }) => text),
    ['one', 'two'],
  );
  assert.equal(shown[0]?.partnership, 'mail');
});

test('C134 an item that was not handed to prepare changes nothing', async () => {
  const world = new World();
  const shown: ItemProgress[] = [];
  world.manager.onProgress((one) => shown.push(one));
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      assert.equal(callback.progress('z', { value: 1 }), 'unknown-item');
      return { ended: done };
    },
  });
  await world.runOne('mail');
  assert.deepEqual(shown, []);
});

test('C135 a last report of skipped is the outcome of the item', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      world.manager.skip(world.session('mail'), 'a');
      assert.equal(callback.progress('a', { status: 'skipped' }), 'skip');
      return { ended: done };
    },
  });
  const { result } = await world.runOne('mail');
  assert.deepEqual(
    result?.items.map(({ status }) => status),
    ['skipped', 'succeeded'],
  );
});

test('S4 a skip that came too late is marked as such', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      world.manager.skip(world.session('mail'), 'a');
      callback.progress('a', { status: 'succeeded' });
      return { ended: done };
    },
  });
  const { result } = await world.runOne('mail');
  assert.deepEqual(
    result?.items.map(({ finishedBeforeSkip }) => finishedBeforeSkip),
    [true, false],
  );
});

test('C88 a callback whose session is over answers that it is detached', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const session = await world.runOne('mail');
  const { callback } = handler;
  assert.equal(callback?.progress('a', { status: 'failed' }), 'detached');
  const line = { item: null, level: 'error', text: 'late', errorId: null, jump: false } as const;
  assert.equal(callback?.log({ ...line, subject: null, code: null }), null);
  assert.equal(callback?.takeFloor(), false);
  assert.equal(await callback?.connect(null), false);
  assert.ok(callback?.signal('a').aborted);
  assert.deepEqual((await world.store.sessions.get(session.id))?.result, session.result);
  assert.deepEqual(await world.store.log.list({}), []);
});

test('HN-10 a flood of reports is shown at most ten times a second', async () => {
  const world = new World();
  const shown: ItemProgress[] = [];
  world.manager.onProgress((one) => shown.push(one));
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      for (let tick = 0; tick < 100; tick += 1) {
        for (let more = 0; more < 50; more += 1) {
          callback.progress('a', { value: tick * 50 + more, max: 5_000 });
        }
        await world.clock.sleep(10);
      }
      callback.progress('a', { value: 5_000 });
      return { ended: done };
    },
  });
  await world.runOne('mail');
  assert.ok(shown.length <= 12, `${shown.length} in one second`);
  assert.equal(shown.at(-1)?.value, 5_000);
});

test('C136 reports may come from anywhere while a half is under way', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    prepare: async () => ({ pending: world.clock.sleep(100).then(() => ready) }),
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  assert.equal(handler.callback?.progress('a', { text: 'from afar' }), 'continue');
  await world.manager.whenEnded(id);
});
