// What starts by itself, over the real kernel: virtual clock and outer world, store in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cron, daemon, day, hour, minute, second, terms } from '../../test/support/daemon-world.ts';
import { SharedLocks } from '../../test/support/world.ts';

test('a schedule runs at its slots and no oftener', async (t) => {
  const world = await daemon(t);
  await world.add(
    'mail',
    {},
    { triggers: ['schedule'], terms: terms({ schedules: [cron('0 * * * *')] }) },
  );
  await world.begin();
  await world.pass(59 * minute);
  assert.deepEqual(await world.course('mail'), []);
  await world.pass(2 * minute);
  assert.deepEqual(await world.course('mail'), ['schedule succeeded']);
  await world.pass(23 * hour);
  assert.equal((await world.course('mail')).length, 24);
  const [first] = await world.sessions('mail');
  assert.equal((first?.startedAt ?? 0) % hour, 0);
});

test('S11 a manager that starts anew makes up for missed slots once, and never runs one twice', async (t) => {
  const first = await daemon(t);
  const partnership = {
    triggers: ['schedule'],
    terms: terms({ schedules: [cron('0 * * * *')] }),
  } as const;
  await first.add('mail', {}, partnership);
  await first.begin();
  await first.pass(hour + minute);
  const { store, clock, outside } = first;
  await first.automation?.stop();
  await first.pass(5 * hour);
  const second = await daemon(t, { store, clock, outside });
  await second.add('mail', {}, partnership);
  await second.begin();
  await second.pass(minute);
  assert.deepEqual(await second.course('mail'), ['schedule succeeded', 'schedule succeeded']);
  const [missed] = await second.events('trigger.missed');
  assert.deepEqual(
    [missed?.data.reason, missed?.data.count, missed?.data.schedule],
    ['joined', 4, 'cron 0 * * * *'],
  );
});

test('a missed slot that nobody wants runs not, and the reason is recorded', async (t) => {
  const world = await daemon(t);
  const schedules = [cron('0 * * * *', { missed: 'none' })];
  await world.add('mail', {}, { triggers: ['schedule'], terms: terms({ schedules }) });
  await world.begin();
  world.clock.setWall(5 * hour + 10 * minute);
  await world.pass(minute);
  assert.deepEqual(await world.course('mail'), []);
  const [missed] = await world.events('trigger.missed');
  assert.deepEqual([missed?.data.reason, missed?.data.count], ['missed', 5]);
  assert.equal((await world.manager.freshness('mail')).missedRuns, 5);
});

test('CK-07 after a sleep of eight hours there is one run, and no burst', async (t) => {
  const world = await daemon(t);
  for (const name of ['a', 'b', 'c']) {
    await world.add(
      name,
      {},
      { triggers: ['schedule'], terms: terms({ schedules: [cron('*/5 * * * *')] }) },
    );
  }
  await world.begin();
  // The computer sleeps: the wall clock goes on, the monotonic one does not.
  world.clock.setWall(8 * hour);
  world.outside.power.resume();
  await world.pass(second);
  for (const name of ['a', 'b', 'c']) assert.equal((await world.course(name)).length, 1);
});

test('CK-10 a schedule, a change and a person at one instant make sessions one after another', async (t) => {
  const world = await daemon(t);
  let atOnce = 0;
  let most = 0;
  const handler = await world.add(
    'mail',
    {
      synchronize: async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await world.clock.sleep(minute);
        atOnce -= 1;
        return { ended: { outcome: 'done', error: null, counts: {}, bytes: 0 } };
      },
    },
    { triggers: ['schedule'], terms: terms({ schedules: [cron('0 * * * *')] }) },
  );
  await world.begin();
  await world.pass(hour - second);
  const fire = () =>
    world.manager.invoke({ trigger: 'change', partnerships: ['mail'], startNow: true });
  await world.pass(0);
  void world.invoke(['mail']);
  void fire();
  void fire();
  void fire();
  await world.pass(10 * minute);
  assert.equal(most, 1);
  assert.equal(handler.count('synchronize'), 3);
  assert.deepEqual((await world.course('mail')).toSorted(), [
    'change succeeded',
    'manual succeeded',
    'schedule succeeded',
  ]);
  assert.equal((await world.events('request.merged')).length, 2);
});

test('start runs what is marked for it, when the manager starts', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, { triggers: ['start'] });
  await world.add('other', {}, { triggers: ['connect'] });
  await world.begin();
  assert.deepEqual(await world.course('mail'), ['start succeeded']);
  assert.deepEqual(await world.course('other'), []);
});

test('connect waits until the other end answers, and asks again until it does', async (t) => {
  const world = await daemon(t);
  const target = { kind: 'tcp', host: 'nas', port: 22 } as const;
  const { network } = world.outside;
  network.silent.add('nas:22');
  await world.add('plain', {}, { triggers: ['connect'] });
  await world.add(
    'far',
    {},
    { triggers: ['connect'], terms: terms({ conditions: { ...terms().conditions, target } }) },
  );
  await world.begin();
  network.goOffline();
  await world.pass(minute);
  network.comeOnline();
  await world.pass(20 * second);
  assert.deepEqual(await world.course('plain'), ['connect succeeded']);
  assert.deepEqual(await world.course('far'), []);
  network.silent.clear();
  await world.pass(minute);
  assert.deepEqual(await world.course('far'), ['connect succeeded']);
  assert.ok(network.probes.length < 20);
});

test('connect is not pulled by a network that was there already, nor by its going', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, { triggers: ['connect'] });
  await world.begin();
  world.outside.network.set({ metered: true });
  world.outside.network.goOffline();
  await world.pass(hour);
  assert.deepEqual(await world.course('mail'), []);
});

test('ticks count for their trigger on their connection', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail');
  const tick = (item: string, connection: string | null, checked: boolean) =>
    ({ partnership: 'mail', item, trigger: 'connect', connection, checked }) as const;
  await world.manager.setPreferences([
    tick('a', 'wlan0', true),
    tick('b', null, true),
    tick('b', 'wlan0', false),
  ]);
  await world.begin();
  const { network } = world.outside;
  const up = (name: string) =>
    ({ name, kind: 'wired', addresses: [], gateway: null, ssid: null }) as const;
  const prepared = () => handler.calls.filter((call) => call.startsWith('prepare'));
  network.goOffline();
  network.comeOnline(up('wlan0'));
  await world.pass(minute);
  assert.deepEqual(prepared(), ['prepare a']);
  network.goOffline();
  network.comeOnline(up('eth0'));
  await world.pass(minute);
  assert.deepEqual(prepared(), ['prepare a', 'prepare b']);
});

test('with several connections up, what is ticked for any of them takes part', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('mail');
  const tick = (item: string, connection: string) =>
    ({ partnership: 'mail', item, trigger: 'start', connection, checked: true }) as const;
  await world.manager.setPreferences([tick('a', 'dock0'), tick('b', 'ppp0')]);
  const up = (name: string) =>
    ({ name, kind: 'wired', addresses: [], gateway: null, ssid: null }) as const;
  world.outside.network.set({ online: true, connections: [up('wlan0'), up('dock0')] });
  await world.begin();
  assert.deepEqual(
    handler.calls.filter((call) => call.startsWith('prepare')),
    ['prepare a'],
  );
});

test('idle runs after its delay, again at its interval, and anew when somebody was back', async (t) => {
  const world = await daemon(t);
  await world.add('mail', {}, { triggers: ['idle'] });
  await world.begin();
  const { idleness, power } = world.outside;
  await world.pass(4 * minute);
  assert.equal((await world.course('mail')).length, 0);
  await world.pass(2 * minute);
  assert.deepEqual(await world.course('mail'), ['idle succeeded']);
  await world.pass(hour);
  assert.equal((await world.course('mail')).length, 2);
  idleness.seenAt = world.clock.now();
  await world.pass(6 * minute);
  assert.equal((await world.course('mail')).length, 3);
  power.set({ onBattery: true });
  await world.pass(5 * hour);
  assert.equal((await world.course('mail')).length, 3);
});

const photos = { roots: ['/photos'], ignored: ['.syncmgr'] };

test('a change runs once the folder is quiet, and our own notes are no change', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('photos', {}, { triggers: ['change'] });
  handler.watches = () => photos;
  await world.begin();
  const { watching } = world.outside;
  watching.change('/photos', '.syncmgr/stage/1');
  await world.pass(minute);
  assert.equal((await world.course('photos')).length, 0);
  for (let at = 0; at < 5; at += 1) {
    watching.change('/photos', `picture-${at}`);
    await world.pass(second);
  }
  assert.equal((await world.course('photos')).length, 0);
  await world.pass(3 * second);
  assert.deepEqual(await world.course('photos'), ['change succeeded']);
});

test('a folder that cannot be watched is scanned oftener, says why, and is watched again later', async (t) => {
  const world = await daemon(t);
  const { watching } = world.outside;
  watching.impossible.set('/photos', 'too many folders');
  const handler = await world.add('photos', {}, { triggers: ['change'] });
  handler.watches = () => photos;
  await world.begin();
  const health = () => world.automation?.watches().map(({ state, reason }) => `${state} ${reason}`);
  assert.match(health()?.[0] ?? '', /^scans .*too many folders/);
  await world.pass(16 * minute);
  assert.equal((await world.course('photos')).length, 1);
  watching.impossible.clear();
  await world.pass(5 * minute);
  assert.deepEqual(health(), ['watched null']);
  const { length } = await world.course('photos');
  await world.pass(55 * minute);
  assert.equal((await world.course('photos')).length, length + 1);
  watching.tell('/photos', { kind: 'broken', reason: 'the disk went away' });
  await world.pass(10 * second);
  assert.deepEqual(health(), ['scans the disk went away']);
  assert.equal((await world.course('photos')).length, length + 2);
  assert.ok((await world.events('watch.changed')).length >= 3);
});

test('a sound watch has a safety scan all the same', async (t) => {
  const world = await daemon(t);
  const handler = await world.add('photos', {}, { triggers: ['change'] });
  handler.watches = () => photos;
  await world.begin();
  await world.pass(day);
  assert.equal((await world.course('photos')).length, 24);
});

test('a handler is told when nothing has changed since its last clean run began', async (t) => {
  const world = await daemon(t);
  const change = { settleMs: day, scanEveryMs: day };
  const handler = await world.add('photos', {}, { triggers: ['change'], terms: terms({ change }) });
  handler.watches = () => photos;
  await world.begin();
  const run = async () => {
    const { id } = await world.invoke(['photos']);
    await world.pass(second);
    await world.manager.whenEnded(id);
    return handler.openings.at(-1)?.untouched ?? false;
  };
  assert.deepEqual([await run(), await run()], [false, true]);
  world.outside.watching.change('/photos', 'new');
  assert.deepEqual([await run(), await run()], [false, true]);
  handler.script.synchronize = async () => {
    // What the run itself writes is told, too.
    world.outside.watching.change('/photos', 'written');
    return { ended: { outcome: 'done', error: null, counts: { 'right.create': 1 }, bytes: 1 } };
  };
  assert.equal(await run(), true);
  delete handler.script.synchronize;
  assert.deepEqual([await run(), await run()], [false, true]);
  world.outside.watching.tell('/photos', { kind: 'lost', reason: 'too fast' });
  assert.equal(await run(), false);
  world.outside.watching.tell('/photos', { kind: 'broken', reason: 'gone' });
  assert.deepEqual([await run(), await run()], [false, false]);
});

test('a volume that appears runs what lies on it, or what names it', async (t) => {
  const world = await daemon(t);
  const stick = await world.add('stick', {}, { triggers: ['volume'] });
  stick.watches = () => ({ roots: ['/home', '/media/stick/photos'], ignored: [] });
  await world.add('named', {}, { triggers: ['volume'], terms: terms({ volume: '/media/disk' }) });
  await world.begin();
  const { volumes } = world.outside;
  volumes.set(['/', '/media/stickers']);
  await world.pass(second);
  assert.deepEqual([await world.course('stick'), await world.course('named')], [[], []]);
  volumes.set(['/', '/media/stick']);
  await world.pass(second);
  volumes.set(['/', '/media/stick', '/media/disk']);
  await world.pass(second);
  assert.deepEqual(await world.course('stick'), ['volume succeeded']);
  assert.deepEqual(await world.course('named'), ['volume succeeded']);
});

test('before a sleep the smallest run first within the time, the rest after it', async (t) => {
  const world = await daemon(t);
  const takes = (ms: number) => ({
    synchronize: async () => {
      await world.clock.sleep(ms);
      return { ended: { outcome: 'done', error: null, counts: {}, bytes: 0 } } as const;
    },
  });
  const marked = { triggers: ['pending-disconnect'] } as const;
  await world.add('big', takes(90 * second), marked);
  await world.add('small', takes(second), marked);
  await world.add('middle', takes(2 * second), marked);
  await world.add('other', takes(second));
  await world.begin();
  await world.invoke(['big', 'small', 'middle', 'other']);
  await world.pass(10 * minute);
  world.calls.length = 0;
  const left = world.outside.power.announce({ kind: 'sleep', budgetMs: 10 * second });
  await world.pass(9 * second);
  await left;
  const done = world.calls.filter((call) => call.endsWith('synchronize'));
  assert.deepEqual(done, ['small: synchronize', 'middle: synchronize']);
  assert.deepEqual(await world.holds('big'), ['going-down']);
  await world.pass(minute);
  world.outside.power.resume();
  await world.pass(2 * minute);
  assert.deepEqual(await world.course('big'), ['manual succeeded', 'pending-disconnect succeeded']);
  assert.equal((await world.course('other')).length, 1);
});

test('what was not begun before a shutdown is begun by the next start', async (t) => {
  const locks = new SharedLocks();
  const first = await daemon(t, { locks: locks.of(1) });
  await first.add('mail', {}, { triggers: ['pending-disconnect'] });
  await first.begin();
  await Promise.all([first.automation?.leave(0), first.pass(second)]);
  assert.deepEqual(await first.course('mail'), []);
  const { store, clock, outside } = first;
  await first.automation?.stop();
  const second_ = await daemon(t, { store, clock, outside, locks: locks.of(2) });
  await second_.add('mail', {}, { triggers: ['pending-disconnect'] });
  locks.kill(1);
  await second_.begin();
  await second_.pass(minute);
  assert.deepEqual(await second_.course('mail'), ['pending-disconnect succeeded']);
});
