import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, failed, item, ready } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';

const whole = ['open', 'describe', 'items', 'attach', 'prepare a,b', 'synchronize', 'close'];

test('C33 C34 C50 C84 C85 one session calls its handler in the order of the contract', async () => {
  const world = new World();
  const handler = await world.add('mail');
  const session = await world.runOne('mail');
  assert.deepEqual(handler.calls, whole);
  assert.equal(session.phase, 'succeeded');
});

test('C35 a handler that declines the trigger is asked nothing more', async () => {
  const world = new World();
  const handler = await world.add('mail', { open: () => false });
  assert.equal((await world.runOne('mail')).phase, 'declined');
  assert.deepEqual(handler.calls, ['open']);
});

test('C36 C99 A16 a handler that fails at any call fails its own session only', async () => {
  const broken = async (): Promise<never> => {
    throw new Error('broken');
  };
  const scripts = [
    { open: broken },
    { items: broken },
    { prepare: broken },
    { synchronize: broken },
    { prepare: async () => ({ pending: broken() }) },
    { synchronize: async () => ({ pending: broken() }) },
  ];
  for (const script of scripts) {
    const world = new World();
    const bad = await world.add('bad', script);
    await world.add('good');
    const [first, second] = await world.run(['bad', 'good']);
    assert.equal(first?.phase, 'failed');
    assert.equal(first?.result?.error?.code, 'handler-failed');
    assert.match(first?.result?.error?.text ?? '', /broken/);
    assert.equal(second?.phase, 'succeeded');
    assert.equal(bad.count('close'), bad.count('describe'));
  }
});

test('HN-17 a handler that throws before it returns a promise fails its session only', async () => {
  const world = new World();
  await world.add('bad', {
    prepare: () => {
      throw new Error('at once');
    },
  });
  assert.equal((await world.runOne('bad')).result?.error?.text, 'The handler failed: at once');
});

test('a handler whose close fails is released all the same', async () => {
  const world = new World();
  await world.add('mail', { close: () => Promise.reject(new Error('no')) });
  assert.equal((await world.runOne('mail')).phase, 'succeeded');
});

test('C89 prepare is given the chosen items and no others', async () => {
  const world = new World();
  const items = [item('a', { checked: false }), item('b'), item('c')];
  const handler = await world.add('mail', { items: async () => ({ complete: true, items }) });
  await world.runOne('mail');
  assert.equal(handler.calls[4], 'prepare b,c');
});

test('C90 a handler without a chosen item is released without prepare', async () => {
  const world = new World();
  const items = [item('a', { checked: false })];
  const handler = await world.add('mail', { items: async () => ({ complete: true, items }) });
  assert.equal((await world.runOne('mail')).phase, 'declined');
  assert.deepEqual(handler.calls, ['open', 'describe', 'items', 'attach', 'close']);
});

test('C92 C94 a refused preparation is followed by release without synchronize', async () => {
  const refused = { outcome: 'refused', error: null } as const;
  for (const answer of [{ ended: refused }, { pending: Promise.resolve(refused) }]) {
    const world = new World();
    const handler = await world.add('mail', { prepare: async () => answer });
    const session = await world.runOne('mail');
    assert.equal(session.result?.error?.code, 'prepare-refused');
    assert.deepEqual(handler.calls.slice(-2), ['prepare a,b', 'close']);
    assert.deepEqual(
      session.result?.items.map(({ status }) => status),
      ['failed', 'failed'],
    );
  }
});

test('C96 synchronize is not entered before prepare has returned', async () => {
  const world = new World();
  const order: string[] = [];
  await world.add('mail', {
    prepare: async () => {
      await world.clock.sleep(50);
      order.push('prepare returns');
      return { ended: ready };
    },
    synchronize: async () => {
      order.push('synchronize');
      return { ended: done };
    },
  });
  await world.runOne('mail');
  assert.deepEqual(order, ['prepare returns', 'synchronize']);
});

test('C97 C104 A26 a handler may take as long as it likes in both halves', async () => {
  const world = new World();
  const day = 86_400_000;
  await world.add('mail', {
    prepare: async () => ({ pending: world.clock.sleep(day).then(() => ready) }),
    synchronize: async () => ({ pending: world.clock.sleep(3 * day).then(() => done) }),
  });
  const session = await world.runOne('mail');
  assert.equal(session.phase, 'succeeded');
  assert.equal((session.endedAt ?? 0) - session.startedAt, 4 * day);
});

test('C100 with a person there all handlers have prepared before any synchronizes', async () => {
  const world = new World();
  for (const name of ['one', 'two']) {
    await world.add(name, {
      prepare: async () => ({ pending: world.clock.sleep(10).then(() => ready) }),
    });
  }
  await world.run(['one', 'two']);
  const phases = world.calls.filter((call) => /prepare|synchronize/.test(call));
  assert.deepEqual(phases, [
    'one: prepare a,b',
    'two: prepare a,b',
    'one: synchronize',
    'two: synchronize',
  ]);
});

test('C100 preparations follow one another, so that their questions do', async () => {
  const world = new World();
  let inside = 0;
  for (const name of ['one', 'two', 'three']) {
    await world.add(name, {
      prepare: async () => {
        inside += 1;
        assert.equal(inside, 1);
        await world.clock.sleep(10);
        inside -= 1;
        return { ended: ready };
      },
    });
  }
  assert.equal((await world.run(null)).length, 3);
});

test('A22 handlers synchronize at the same time', async () => {
  const world = new World();
  for (const name of ['one', 'two', 'three']) {
    await world.add(name, {
      synchronize: async () => ({ pending: world.clock.sleep(1_000).then(() => done) }),
    });
  }
  const before = world.clock.now();
  await world.run(null);
  assert.equal(world.clock.now() - before, 1_000);
});

test('with nobody there sessions do not wait for each other', async () => {
  const world = new World();
  await world.add('slow', {
    prepare: async () => ({ pending: world.clock.sleep(5_000).then(() => ready) }),
  });
  await world.add('quick');
  const sessions = await world.run(['slow', 'quick'], { trigger: 'schedule' });
  const quick = sessions.find(({ partnership }) => partnership === 'quick');
  assert.equal(quick?.endedAt, quick?.startedAt);
});

test('C102 C105 C106 work that failed fails the items without an outcome of their own', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.progress('a', { status: 'succeeded' });
      return { ended: failed };
    },
  });
  const session = await world.runOne('mail');
  assert.equal(handler.count('synchronize'), 1);
  assert.equal(session.phase, 'partial');
  assert.deepEqual(
    session.result?.items.map(({ status }) => status),
    ['succeeded', 'failed'],
  );
});

test('C109 S13 a failed item stays failed although the work was completed well', async () => {
  const world = new World();
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      callback.progress('b', { status: 'failed' });
      return { ended: done };
    },
  });
  const session = await world.runOne('mail');
  assert.equal(session.phase, 'partial');
  assert.deepEqual(
    session.result?.items.map(({ status }) => status),
    ['succeeded', 'failed'],
  );
});

test('C46 C151 a retry prepares and synchronizes again on the same handler', async () => {
  const world = new World();
  const handler = await world.add('mail', {
    synchronize: async ({ callback }) => {
      const line = {
        item: 'b',
        level: 'error',
        text: 'Full.',
        errorId: 'full',
        jump: true,
      } as const;
      if (handler.count('synchronize') === 1) callback.log({ ...line, subject: null, code: null });
      return { ended: done };
    },
    showError: async () => ({ ended: { next: 'retry', items: ['b', 'unheard of'] } }),
  });
  const first = await world.runOne('mail');
  assert.equal(handler.count('close'), 0);
  const [entry] = await world.store.log.list({ session: first.id });
  const retry = await world.manager.openLogEntry(entry?.id ?? 0);
  const [second] = await world.manager.whenEnded(retry?.id ?? '');
  assert.equal(second?.phase, 'succeeded');
  assert.deepEqual(
    second?.result?.items.map((one) => one.item),
    ['b'],
  );
  assert.equal(handler.count('open'), 1);
  assert.deepEqual(handler.calls.slice(4), [
    'prepare a,b',
    'synchronize',
    'showError full',
    'prepare b',
    'synchronize',
  ]);
  await world.manager.dismiss(null);
  assert.equal(handler.count('close'), 1);
});
