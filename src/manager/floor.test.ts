import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, ready } from '../../test/support/scripted-handler.ts';
import { World } from '../../test/support/world.ts';

const form = { title: 'Password', schema: {}, values: {} };

test('C159 C160 the floor is given while preparing if the trigger permits asking', async () => {
  for (const trigger of ['manual', 'schedule'] as const) {
    const world = new World();
    await world.add('mail', {
      prepare: async (_, { callback }) => {
        assert.equal(callback.takeFloor(), trigger === 'manual');
        callback.returnFloor();
        return { ended: ready };
      },
    });
    assert.equal((await world.runOne('mail', { trigger })).phase, 'succeeded');
  }
});

test('C161 within showError the floor is given whatever the trigger', async () => {
  const world = new World();
  const seen: boolean[] = [];
  await world.add('mail', {
    synchronize: async ({ callback }) => {
      const line = { item: null, level: 'error', text: 'x', errorId: 'x', jump: true } as const;
      callback.log({ ...line, subject: null, code: null });
      seen.push(callback.takeFloor());
      return { ended: done };
    },
    showError: async (_, { callback }) => {
      seen.push(callback.takeFloor());
      callback.returnFloor();
      return { ended: { next: 'nothing' } };
    },
  });
  await world.runOne('mail', { trigger: 'schedule' });
  const [entry] = await world.store.log.list({});
  await world.manager.openLogEntry(entry?.id ?? 0);
  assert.deepEqual(seen, [false, true]);
});

test('C162 C163 one handler has the floor until it gives it back or is released', async () => {
  const world = new World();
  const work = () => world.clock.sleep(100).then(() => done);
  const first = await world.add('first', { synchronize: async () => ({ pending: work() }) });
  const second = await world.add('second', {
    synchronize: async () => ({ pending: work().then(work) }),
  });
  const release = world.clock.hold();
  const { id } = await world.invoke(['first', 'second']);
  await world.idle();
  assert.equal(first.callback?.takeFloor(), true);
  assert.equal(first.callback?.takeFloor(), true);
  assert.equal(second.callback?.takeFloor(), false);
  first.callback?.returnFloor();
  assert.equal(second.callback?.takeFloor(), true);
  assert.equal(first.callback?.takeFloor(), false);
  second.callback?.returnFloor();
  assert.equal(first.callback?.takeFloor(), true);
  release();
  await world.clock.sleep(150);
  assert.equal(first.count('close'), 1);
  assert.equal(second.callback?.takeFloor(), true);
  await world.manager.whenEnded(id);
});

test('a question waits for the person and brings back the answer', async () => {
  const world = new World({ approver: true });
  const answers: unknown[] = [];
  await world.add('mail', {
    prepare: async (_, { callback }) => ({
      pending: callback.ask(form).then((answer) => {
        answers.push(answer);
        assert.equal(callback.takeFloor(), true);
        return ready;
      }),
    }),
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  const question = world.manager.question();
  assert.deepEqual(question, { id: 1, session: world.session('mail'), form });
  world.manager.answer(2, {});
  world.manager.answer(1, { word: 'open' });
  await world.manager.whenEnded(id);
  assert.deepEqual(answers, [{ word: 'open' }]);
  assert.equal(world.manager.question(), null);
});

test('HN-20 a question that nobody can answer is answered with null at once', async () => {
  for (const [approver, trigger] of [
    [false, 'manual'],
    [true, 'schedule'],
  ] as const) {
    const world = new World({ approver });
    await world.add('mail', {
      prepare: async (_, { callback }) => {
        assert.equal(await callback.ask(form), null);
        return { ended: ready };
      },
    });
    assert.equal((await world.runOne('mail', { trigger })).phase, 'succeeded');
  }
});

test('a question is answered with null when its session is stopped', async () => {
  const world = new World({ approver: true });
  const answers: unknown[] = [];
  await world.add('mail', {
    prepare: async (_, { callback }) => {
      answers.push(await callback.ask(form));
      return { ended: ready };
    },
  });
  const { id } = await world.invoke(['mail']);
  await world.idle();
  world.manager.stop(null);
  await world.manager.whenEnded(id);
  assert.deepEqual(answers, [null]);
  assert.equal(world.manager.question(), null);
});
