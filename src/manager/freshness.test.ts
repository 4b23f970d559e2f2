// Freshness, and what a person is told who is not looking.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cron,
  daemon,
  day,
  failing,
  hour,
  minute,
  terms,
} from '../../test/support/daemon-world.ts';

const nightly = [cron('0 3 * * *')];

test('what fails every hour gets stale all the same, and is fresh again after one success', async (t) => {
  const world = await daemon(t);
  const schedules = [cron('0 * * * *')];
  const handler = await world.add(
    'mail',
    {},
    {
      triggers: ['schedule'],
      terms: terms({ schedules, freshWithinMs: day, retry: { ...terms().retry, isWanted: false } }),
    },
  );
  await world.begin();
  await world.pass(2 * hour);
  const succeeded = (await world.manager.freshness('mail')).lastSuccessAt ?? 0;
  assert.equal(succeeded % hour, 0);
  handler.script = { ...failing };
  await world.pass(23 * hour);
  let fresh = await world.manager.freshness('mail');
  assert.deepEqual(
    [fresh.lastSuccessAt, (fresh.lastAttemptAt ?? 0) > succeeded],
    [succeeded, true],
  );
  await world.pass(2 * hour);
  fresh = await world.manager.freshness('mail');
  // Two runs missed in a row were too many long before the limit of a day.
  assert.ok(fresh.staleSince !== null && fresh.missedRuns >= 20);
  assert.equal((await world.events('partnership.stale')).length, 1);
  handler.script = {};
  await world.pass(hour + minute);
  fresh = await world.manager.freshness('mail');
  assert.deepEqual([fresh.staleSince, fresh.missedRuns], [null, 0]);
  assert.equal((await world.events('partnership.fresh')).length, 1);
});

test('one that never succeeded is stale when its limit has passed since it was made', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, { terms: terms({ freshWithinMs: 2 * hour }) });
  await world.begin();
  await world.pass(hour);
  assert.equal((await world.manager.freshness('mail')).staleSince, null);
  await world.pass(2 * hour);
  const [stale] = await world.events('partnership.stale');
  assert.equal(stale?.partnership, 'mail');
});

test('two missed runs in a row are told, whatever the limit', async (t) => {
  const world = await daemon(t);
  await world.add('mail', failing, {
    triggers: ['schedule'],
    terms: terms({
      schedules: nightly,
      retry: { ...terms().retry, isWanted: false },
      notify: { of: ['stale'], afterMs: 0 },
    }),
  });
  await world.begin();
  await world.pass(day);
  assert.deepEqual(world.outside.notifier.sent, []);
  await world.pass(day);
  assert.deepEqual(
    world.outside.notifier.sent.map(({ level, title, text }) => [level, title, text]),
    [['error', 'mail has not succeeded for too long', 'mail: Nobody answered.']],
  );
});

test('a failure that passes is not told, one that lasts is told once, and so is its end', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail', failing, { triggers: ['start'] });
  await world.begin();
  const { notifier } = world.outside;
  handler.script = {};
  await world.pass(10 * minute);
  assert.deepEqual(notifier.sent, []);
  handler.script = { ...failing };
  await world.manager.invoke({ trigger: 'start', partnerships: ['mail'], startNow: true });
  await world.pass(5 * hour);
  assert.deepEqual(
    notifier.sent.map(({ title }) => title),
    ['mail keeps failing'],
  );
  handler.script = {};
  await world.pass(2 * hour);
  assert.deepEqual(
    notifier.sent.map(({ title, level }) => [title, level]),
    [
      ['mail keeps failing', 'warning'],
      ['mail is well again', 'information'],
    ],
  );
  assert.equal(new Set(notifier.sent.map(({ key }) => key)).size, 1);
});

test('what goes wrong with many at once is told as one', async (t) => {
  const world = await daemon(t);
  for (let at = 0; at < 14; at += 1)
    await world.add(`mail-${at}`, failing, { triggers: ['start'] });
  await world.begin();
  await world.pass(hour);
  const { sent } = world.outside.notifier;
  assert.deepEqual(
    sent.map(({ title }) => title),
    ['14 keep failing'],
  );
  assert.match(sent[0]?.text ?? '', /^mail-0: Nobody answered\.\n[\s\S]*and 4 more$/);
});

test('a notification that could not be sent is sent at the next look', async (t) => {
  const world = await daemon(t);
  await world.add('mail', failing, { triggers: ['start'] });
  await world.begin();
  const { notifier } = world.outside;
  notifier.fault = new Error('nobody listens');
  await world.pass(hour);
  notifier.fault = null;
  await world.pass(2 * minute);
  assert.deepEqual(
    notifier.sent.map(({ title }) => title),
    ['mail keeps failing'],
  );
});

test('who paused it, or does not want to know, is told nothing', async (t) => {
  const world = await daemon(t);
  await world.add('mail', failing, { triggers: ['start'] });
  await world.add('quiet', failing, {
    triggers: ['start'],
    terms: terms({ notify: { of: [], afterMs: 0 } }),
  });
  await world.begin();
  await world.manager.pauseStarts('mail', null);
  await world.pass(day);
  assert.deepEqual(world.outside.notifier.sent, []);
  await world.manager.resumeStarts('mail');
  await world.manager.pauseStarts(null, null);
  await world.pass(day);
  assert.deepEqual(world.outside.notifier.sent, []);
});

test('a sign of life goes out every minute', async (t) => {
  const world = await daemon(t);
  await world.begin();
  await world.pass(10 * minute);
  assert.equal(world.outside.pings.length, 10);
});
