// What holds something back, for how long, and who may run it all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conditions,
  cron,
  daemon,
  day,
  failing,
  hour,
  minute,
  second,
  terms,
} from '../../test/support/daemon-world.ts';
import { done, failed } from '../../test/support/scripted-handler.ts';
import { SharedLocks } from '../../test/support/world.ts';

const hourly = {
  triggers: ['schedule'],
  terms: terms({ schedules: [cron('0 * * * *')] }),
} as const;

test('a condition holds a slot back, is named with what was seen, and lets it run when it holds again', async (t) => {
  const world = await daemon(t);
  const target = { kind: 'tcp', host: 'nas', port: 22 } as const;
  const wanted = conditions({ target, metered: false });
  await world.add('mail', {}, { ...hourly, terms: { ...hourly.terms, ...wanted } });
  await world.begin();
  world.outside.network.silent.add('nas:22');
  world.outside.network.set({ metered: true });
  await world.pass(3 * hour);
  assert.deepEqual(await world.course('mail'), []);
  const why = await world.manager.why('mail');
  assert.deepEqual(
    why.holds.map(({ kind, observed }) => [kind, observed]),
    [
      ['condition', 'the network is metered'],
      ['condition', 'it does not answer'],
    ],
  );
  assert.deepEqual(
    why.waiting.map(({ trigger }) => trigger),
    ['schedule'],
  );
  assert.equal(why.looksAgainAt, world.clock.now() + minute);
  assert.equal(why.nextRunAt, Math.ceil(world.clock.now() / hour) * hour);
  world.outside.network.silent.clear();
  await world.pass(6 * second);
  assert.deepEqual(await world.holds('mail'), ['condition']);
  world.outside.network.set({ metered: false });
  await world.pass(second);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
  // Three slots, one run: the others were folded into the first.
  assert.equal((await world.events('request.merged')).length, 2);
});

test('what cannot be found out holds nothing back, and is said', async (t) => {
  const world = await daemon(t);
  await world.add(
    'mail',
    {},
    { ...hourly, terms: { ...hourly.terms, ...conditions({ battery: 0.3, command: ['gone'] }) } },
  );
  await world.begin();
  world.outside.power.set({ onBattery: null });
  await world.pass(hour);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
  const { holds, unsure } = await world.manager.why('mail');
  assert.deepEqual([holds.length, unsure.length], [0, 2]);
});

test('a person runs it anyway, whatever holds it back', async (t) => {
  const world = await daemon(t);
  await world.add(
    'mail',
    {},
    { ...hourly, terms: { ...hourly.terms, ...conditions({ battery: 2 }) } },
  );
  await world.begin();
  world.outside.power.set({ onBattery: true });
  await world.manager.pauseStarts('mail', null);
  await world.pass(hour);
  assert.deepEqual(await world.holds('mail'), ['paused', 'condition']);
  await world.invoke(['mail']);
  await world.pass(second);
  assert.deepEqual(await world.course('mail'), ['manual succeeded']);
});

test('a pause of one or of all ends when it was said to, or when it is taken back', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, hourly);
  await world.add('news', {}, hourly);
  await world.begin();
  await world.manager.pauseStarts('mail', world.clock.now() + 90 * minute);
  await world.pass(61 * minute);
  assert.deepEqual(
    [(await world.course('mail')).length, (await world.course('news')).length],
    [0, 1],
  );
  await world.pass(30 * minute);
  assert.equal((await world.course('mail')).length, 1);
  await world.manager.pauseStarts(null, null);
  await world.pass(2 * hour);
  assert.deepEqual(
    [(await world.course('mail')).length, (await world.course('news')).length],
    [1, 1],
  );
  assert.deepEqual(await world.holds('news'), ['all-paused']);
  await world.manager.resumeStarts(null);
  await world.pass(second);
  assert.deepEqual(
    [(await world.course('mail')).length, (await world.course('news')).length],
    [2, 2],
  );
  await assert.rejects(world.manager.pauseStarts('nobody', null), { code: 'partnership-unknown' });
  await assert.rejects(world.manager.pauseStarts(null, 5), { code: 'usage' });
});

test('a disabled one is left out, and what came due meanwhile is not made up for', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, hourly);
  await world.begin();
  await world.change('mail', { enabled: false });
  await world.pass(5 * hour);
  assert.deepEqual(await world.holds('mail'), ['disabled']);
  await world.change('mail', { enabled: true });
  await world.pass(minute);
  assert.deepEqual(await world.course('mail'), []);
  const [missed] = await world.events('trigger.missed');
  assert.deepEqual(missed?.data.reason, 'disabled');
  await world.pass(hour);
  assert.equal((await world.course('mail')).length, 1);
});

test('a handler that is not started any more holds back all that it has', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, hourly);
  world.disabledHandlers.set('mail', 0);
  await world.begin();
  await world.pass(2 * hour);
  assert.deepEqual(await world.holds('mail'), ['handler-disabled']);
  assert.deepEqual(await world.course('mail'), []);
});

test('S10 a temporary failure is tried again later and later, until it succeeds', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail', failing, { triggers: ['start'] });
  await world.begin();
  await world.pass(day);
  const starts = (await world.sessions('mail')).map(({ startedAt }) => startedAt);
  const delays = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
  assert.ok(delays.length > 20);
  for (const [index, ms] of delays.entries()) {
    const least = Math.min(30 * second * 2 ** index, 45 * minute);
    assert.ok(ms >= least && ms <= hour + minute, `${index}: ${ms}`);
  }
  assert.deepEqual(await world.holds('mail'), ['back-off']);
  handler.script = {};
  await world.pass(hour);
  assert.equal((await world.course('mail')).at(-1), 'start succeeded');
  const { length } = await world.course('mail');
  await world.pass(day);
  assert.equal((await world.course('mail')).length, length);
  assert.equal((await world.store.standings.get('mail')).backOff, null);
});

test('S10 what no time will mend is not tried again by itself', async (t) => {
  const world = await daemon(t);
  for (const retry of ['needs-person', 'auth', 'quota', 'fatal'] as const) {
    const error = { code: 'no', text: 'No.', retry };
    await world.add(
      retry,
      { synchronize: async () => ({ ended: { ...failed, error } }) },
      { triggers: ['start'] },
    );
  }
  await world.begin();
  await world.pass(day);
  for (const retry of ['needs-person', 'auth', 'quota', 'fatal']) {
    assert.deepEqual(await world.course(retry), ['start failed']);
    assert.deepEqual(await world.holds(retry), []);
  }
});

test('S10 a handler that says not before is not asked before', async (t) => {
  const world = await daemon(t);
  const notBefore = world.clock.now() + 5 * hour;
  const error = { code: 'busy', text: 'Later.', retry: 'temporary', notBefore } as const;
  const handler = await world.add(
    'mail',
    { synchronize: async () => ({ ended: { ...failed, error } }) },
    { triggers: ['start'] },
  );
  await world.begin();
  handler.script = {};
  await world.pass(5 * hour - minute);
  assert.equal((await world.course('mail')).length, 1);
  await world.pass(2 * minute);
  assert.equal((await world.course('mail')).length, 2);
});

test('S10 a retry that is not wanted is not made', async (t) => {
  const world = await daemon(t);
  const retry = { ...terms().retry, isWanted: false };
  await world.add('mail', failing, { triggers: ['start'], terms: terms({ retry }) });
  await world.begin();
  await world.pass(day);
  assert.deepEqual(await world.course('mail'), ['start failed']);
});

test('S10 a person, and a connection that comes back, end the wait', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail', failing, { triggers: ['start'] });
  await world.begin();
  await world.pass(2 * hour);
  const { length } = await world.course('mail');
  await world.manager.retry('mail');
  await world.pass(second);
  const course = await world.course('mail');
  assert.ok(course.length >= length + 1 && course.includes('manual failed'));
  handler.script = {};
  world.outside.network.goOffline();
  await world.pass(second);
  world.outside.network.comeOnline();
  await world.pass(second);
  assert.equal((await world.course('mail')).at(-1), 'start succeeded');
  assert.equal((await world.store.standings.get('mail')).backOff, null);
});

test('S10 a back-off outlives the manager, and its retry is made once', async (t) => {
  const locks = new SharedLocks();
  const first = await daemon(t, { locks: locks.of(1) });
  await first.add('mail', failing, {
    triggers: ['schedule'],
    terms: terms({ schedules: [cron('0 0 1 1 *')] }),
  });
  await first.begin();
  first.clock.setWall(0);
  await first.manager.invoke({ trigger: 'schedule', partnerships: ['mail'], startNow: true });
  await first.pass(second);
  const { backOff } = await first.store.standings.get('mail');
  assert.ok(backOff !== null && backOff.until > first.clock.now());
  const { store, clock, outside } = first;
  await first.automation?.stop();
  locks.kill(1);
  const next = await daemon(t, { store, clock, outside, locks: locks.of(2) });
  await next.add('mail');
  await next.begin();
  assert.equal((await next.course('mail')).length, 1);
  await next.pass(hour);
  assert.deepEqual(await next.course('mail'), ['schedule failed', 'schedule succeeded']);
});

test('no more sessions run than the limits say, over all and of one handler, the important first', async (t) => {
  const world = await daemon(t);
  const order: string[] = [];
  let running = 0;
  let most = 0;
  const script = {
    synchronize: async () => {
      running += 1;
      most = Math.max(most, running);
      await world.clock.sleep(minute);
      running -= 1;
      return { ended: done };
    },
  };
  for (let at = 0; at < 8; at += 1) {
    const priority = at === 7 ? 5 : 0;
    await world.add(`mail-${at}`, script, { triggers: ['start'], terms: terms({ priority }) });
  }
  world.manager.setLimits({ sessions: 3, handlers: {} });
  await world.begin();
  await world.pass(minute);
  order.push(...world.calls.filter((call) => call.endsWith('synchronize')));
  assert.equal(most, 3);
  assert.ok(order.slice(0, 4).includes('mail-7: synchronize'));
  assert.equal(order.length, 6);
  world.manager.setLimits({ sessions: 8, handlers: {} });
  await world.pass(5 * minute);
  assert.ok(most > 3);
  for (let at = 0; at < 8; at += 1) assert.equal((await world.course(`mail-${at}`)).length, 1);
});

test('one handler may have a limit of its own, and leaves the others their places', async (t) => {
  const world = await daemon(t);
  let most = 0;
  let running = 0;
  const imap = await world.add(
    'imap',
    {
      synchronize: async () => {
        running += 1;
        most = Math.max(most, running);
        await world.clock.sleep(minute);
        running -= 1;
        return { ended: done };
      },
    },
    { triggers: ['start'] },
  );
  for (const name of ['a', 'b', 'c']) await world.add(name, {}, { triggers: ['start'] });
  for (const name of ['a', 'b', 'c']) await world.change(name, { handler: 'imap' });
  await world.add('other', {}, { triggers: ['start'] });
  world.manager.setLimits({ sessions: 4, handlers: { imap: 1 } });
  await world.begin();
  assert.deepEqual(await world.course('other'), ['start succeeded']);
  await world.pass(10 * minute);
  assert.equal(most, 1);
  assert.equal(imap.count('synchronize'), 4);
});

test('CC-01 a person who starts while the schedule starts waits for it, and gets a session of their own', async (t) => {
  const world = await daemon(t);
  await world.add(
    'mail',
    {
      synchronize: async () => {
        await world.clock.sleep(minute);
        return { ended: done };
      },
    },
    hourly,
  );
  await world.begin();
  await world.pass(hour + second);
  await world.invoke(['mail']);
  await world.pass(second);
  assert.deepEqual(await world.holds('mail'), ['running']);
  await world.pass(5 * minute);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded', 'manual succeeded']);
});

test('CC-08 removing one that runs stops it first, and its waiting requests end', async (t) => {
  const world = await daemon(t);
  const stopped: boolean[] = [];
  await world.add(
    'mail',
    {
      synchronize: async ({ callback }) => {
        await world.clock.sleep(hour, callback.signal(null));
        stopped.push(callback.signal(null).aborted);
        return { ended: failed };
      },
    },
    hourly,
  );
  await world.begin();
  await world.pass(hour + second);
  await world.manager.invoke({ trigger: 'change', partnerships: ['mail'], startNow: true });
  await Promise.all([world.manager.remove('mail'), world.pass(minute)]);
  await world.pass(2 * minute);
  assert.deepEqual(stopped, [true]);
  assert.deepEqual(await world.course('mail'), ['schedule stopped']);
  assert.deepEqual(await world.store.requests.list(['waiting', 'running']), []);
});
