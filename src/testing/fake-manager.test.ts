import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Boxes, boxesHandler } from '../../test/support/boxes.ts';
import { defineHandler, Refusal } from '../sdk/handler.ts';
import { FakeManager } from './fake-manager.ts';
import { VirtualClock } from './virtual-clock.ts';

test('a whole session is one call, and everything that was said is there', async () => {
  const boxes = new Boxes(0);
  const manager = new FakeManager(boxesHandler(boxes));
  const { info, items, plan, synchronized, outcomes } = await manager.run(['first']);
  assert.equal(info?.name, 'boxes');
  assert.deepEqual(
    items.map(({ id }) => id),
    ['first', 'second', 'third'],
  );
  assert.equal(plan?.changes.length, 21);
  assert.deepEqual(synchronized?.counts, { 'right.create': 20, 'right.delete': 1 });
  assert.deepEqual(outcomes, { first: 'succeeded' });
  assert.deepEqual(
    manager.of('conflict').map(({ conflict, moment }) => [conflict.subject, moment]),
    [['both', 'synchronizing']],
  );
});

test('a test skips and stops from within what is said', async () => {
  const boxes = new Boxes();
  const manager = new FakeManager(boxesHandler(boxes));
  manager.listen((said) => {
    if (said.call !== 'progress' || said.report?.value !== 3) return;
    if (said.item === 'first') manager.skip('first');
    else manager.stop();
  });
  const { outcomes } = await manager.run();
  assert.deepEqual(outcomes, { first: 'skipped', second: 'stopped', third: 'stopped' });
});

test('an approved plan is handed to prepare as the manager would hand it', async () => {
  const boxes = new Boxes(0);
  const manager = new FakeManager(boxesHandler(boxes));
  await manager.open();
  await manager.list();
  const changes = boxes.changes('second').slice(0, 2);
  await manager.prepare(['second'], { hash: 'h', changes });
  const { counts } = await manager.synchronize();
  await manager.close();
  assert.deepEqual(counts, { 'right.create': 2 });
});

test('a handler that declines, and one that refuses, end the session there', async () => {
  const declining = defineHandler({ name: 'no', open: async () => null, items: async () => [] });
  assert.equal((await new FakeManager(declining).run()).info, null);
  const refusing = defineHandler({
    name: 'not-now',
    items: async () => [{ id: 'a' }],
    prepare: () => Promise.reject(new Refusal('Sign in first.')),
  });
  const { prepared, synchronized } = await new FakeManager(refusing).run();
  assert.equal(prepared?.outcome, 'refused');
  assert.equal(synchronized, null);
});

test('a person answers, or nobody is there', async () => {
  const asking = defineHandler({
    name: 'asking',
    items: async () => [{ id: 'a' }],
    synchronize: async (context) => {
      const answer = await context.ask({ title: 'Go on?', schema: {}, values: {} });
      context.log('information', answer === null ? 'nobody' : 'somebody');
      return undefined;
    },
  });
  const attended = new FakeManager(asking, { person: { answer: () => ({}) } });
  const alone = new FakeManager(asking);
  await Promise.all([attended.run(), alone.run()]);
  const texts = [attended, alone].map((manager) => manager.of('log').map(({ text }) => text));
  assert.deepEqual(texts, [['somebody'], ['nobody']]);
});

test('HN-03 a call that never comes back is overdue, by the clock of the test', async () => {
  const hanging = defineHandler({ name: 'hangs', items: () => new Promise(() => {}) });
  const manager = new FakeManager(hanging, { clock: new VirtualClock(), limitMs: 60_000 });
  await assert.rejects(manager.run(), { code: 'overdue', message: /60 s \(items\)/ });
});
