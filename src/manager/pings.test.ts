// Signs of life of single runs: which are sent, in which order, and what becomes of one nobody takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cron,
  daemon,
  day,
  failing,
  hour,
  minute,
  second,
  terms,
} from '../../test/support/daemon-world.ts';

const ping = 'https://example.org/check';
const schedules = [cron('0 3 * * *')];
const triggers = ['schedule'] as const;

test('each run says that it begins, and then that it succeeded or that it did not', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail', {}, { triggers, terms: terms({ schedules, ping }) });
  await world.add('quiet', {}, { triggers, terms: terms({ schedules }) });
  await world.begin();
  await world.pass(day);
  assert.deepEqual(world.outside.runs, [`start ${ping}`, `success ${ping}`]);
  handler.script = { ...failing };
  await world.pass(day - hour);
  assert.deepEqual(world.outside.runs.slice(2, 4), [`start ${ping}`, `fail ${ping}`]);
  const more = world.outside.runs.slice(4).map((one) => one.split(' ')[0]);
  assert.ok(more.length > 0, 'it was tried again');
  assert.deepEqual(new Set(more.filter((_, at) => at % 2 === 1)), new Set(['fail']));
});

test('a look without work says nothing, and one that was stopped did not succeed', async (t) => {
  const world = await daemon(t, { graceMs: second });
  const handler = await world.add('mail', {}, { terms: terms({ ping }) });
  await world.begin();
  await world.invoke(['mail'], { planOnly: true });
  await world.pass(minute);
  assert.deepEqual(world.outside.runs, []);
  handler.script = { synchronize: () => new Promise(() => {}) };
  await world.invoke(['mail']);
  await world.pass(minute);
  world.manager.stop(null);
  await world.pass(minute);
  assert.deepEqual(world.outside.runs, [`start ${ping}`, `fail ${ping}`]);
});

test('a sign that nobody takes is sent again, the next waits for it, and the run does not', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, { terms: terms({ ping }) });
  await world.begin();
  world.outside.deafness = new Error('nobody there');
  await world.invoke(['mail']);
  await world.pass(second);
  assert.deepEqual(await world.course('mail'), ['manual succeeded']);
  world.outside.deafness = null;
  await world.pass(minute);
  assert.deepEqual(world.outside.runs, [`start ${ping}`, `success ${ping}`]);
  world.outside.deafness = new Error('nobody there');
  await world.invoke(['mail']);
  await world.pass(minute);
  assert.equal(world.outside.runs.length, 2);
  assert.match(world.faults.join('\n'), /tell whoever waits for mail.*nobody there/);
});
