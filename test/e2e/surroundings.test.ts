// A manager that goes on by itself among the real things: a network of its own, a bus of its own with
// logind on it, terminals of its own.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type DaemonRig, daemonRig } from '../support/daemon-rig.ts';
import { PrivateBus } from '../support/private-bus.ts';

const inside = 'SYNCMGR_TEST_NAMESPACE';

// Only root may have a network and terminals of its own.
if (process.env[inside] !== undefined) await amongRealThings();
else if (process.platform === 'linux' && process.getuid?.() === 0) {
  test('a manager that goes on by itself hears of the real surroundings', () => {
    const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
    const entered = 'mount -t sysfs none /sys && mount -t tmpfs none /dev/pts && exec "$@"';
    const own = [process.execPath, '--test-reporter=spec', import.meta.filename];
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['--net', '--mount', 'sh', '-c', entered, 'sh', ...own],
      { encoding: 'utf8', env: { ...rest, [inside]: '1' }, timeout: 600_000 },
    );
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
}

async function amongRealThings(): Promise<void> {
  const ip = (...words: string[]) => execFileSync('ip', words);
  const login = ['org.freedesktop.login1', '/org/freedesktop/login1'] as const;
  const face = 'org.freedesktop.login1.Manager';
  const system = await PrivateBus.start();
  const variables = { DBUS_SYSTEM_BUS_ADDRESS: system.address };

  before(async () => {
    ip('link', 'set', 'lo', 'up');
    await system.mock('logind', login[0]);
    const mock = 'org.freedesktop.DBus.Mock';
    const delay = ['InhibitDelayMaxUSec', 't', '8000000'];
    await system.call(...login, mock, 'AddProperty', 'ssv', face, ...delay);
  });
  after(() => system.stop());

  const say = (signal: string, isComing: boolean) =>
    system.signal(...login, face, signal, 'b', '1', 'b', String(isComing));
  const isDelayed = async () =>
    (await system.call(...login, face, 'ListInhibitors')).includes('"syncmgr"');

  test('CK-07 a sleep waits until what is marked for it has run, and no longer', async (t) => {
    const it = daemonRig(t, variables);
    pair(it, 'triggers: [pending-disconnect]');
    it.write('left/kept.txt', 'before the sleep');
    await it.up();
    await eventually(isDelayed);
    await say('PrepareForSleep', true);
    await eventually(async () => it.files('right').includes('kept.txt'));
    await eventually(async () => !(await isDelayed()));
    assert.equal(await triggerOfLast(it), 'pending-disconnect');
    await say('PrepareForSleep', false);
    await eventually(isDelayed);
  });

  test('a shutdown does not wait for what takes longer than the system allows', async (t) => {
    const it = daemonRig(t, variables);
    it.write(
      'config/syncmgr/items.d/long.yaml',
      'handler: command\nsettings:\n  synchronize: {command: [sleep, "300"]}\ntriggers: [pending-disconnect]\n',
    );
    await it.up();
    await eventually(isDelayed);
    const announced = performance.now();
    await say('PrepareForShutdown', true);
    await eventually(async () => !(await isDelayed()));
    const waitedMs = performance.now() - announced;
    assert.ok(waitedMs > 6_000, `${waitedMs}`);
    await say('PrepareForShutdown', false);
  });

  test('a connection that comes up starts what waits for it, once its target answers', async (t) => {
    const it = daemonRig(t, variables);
    const server = createServer((socket) => socket.end()).listen(0);
    await once(server, 'listening');
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    pair(it, `triggers: [connect]\nconditions: {reachable: "192.0.2.7:${port}"}`);
    it.write('left/kept.txt', 'over the network');
    await upAndLooking(it);
    assert.deepEqual(it.files('right'), []);
    ip('link', 'add', 'conn0', 'type', 'veth', 'peer', 'name', 'conn0-end');
    t.after(() => ip('link', 'del', 'conn0'));
    ip('link', 'set', 'conn0-end', 'up');
    ip('addr', 'add', '192.0.2.7/24', 'dev', 'conn0');
    ip('link', 'set', 'conn0', 'up');
    await eventually(async () => it.files('right').includes('kept.txt'));
    assert.equal(await triggerOfLast(it), 'connect');
  });

  test('a connection whose target is silent starts nothing before the target answers', async (t) => {
    const it = daemonRig(t, variables);
    const server = createServer((socket) => socket.end()).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    pair(it, `triggers: [connect]\nconditions: {reachable: "192.0.2.8:${port}"}`);
    it.write('left/kept.txt', 'over the network');
    await upAndLooking(it);
    ip('link', 'add', 'conn1', 'type', 'veth', 'peer', 'name', 'conn1-end');
    t.after(() => ip('link', 'del', 'conn1'));
    ip('link', 'set', 'conn1-end', 'up');
    ip('addr', 'add', '192.0.2.8/24', 'dev', 'conn1');
    ip('link', 'set', 'conn1', 'up');
    await pause(5_000);
    assert.deepEqual(it.files('right'), []);
    assert.match((await it.syncmgr('why', 'docs')).out, /192\.0\.2\.8/);
    const late = createServer((socket) => socket.end()).listen(port);
    t.after(() => late.close());
    await eventually(async () => it.files('right').includes('kept.txt'));
    assert.equal(await triggerOfLast(it), 'connect');
  });

  test('what is paid for by amount, and a battery, hold back what shall not run on them, and are named', async (t) => {
    const it = daemonRig(t, variables);
    const network = 'org.freedesktop.NetworkManager';
    const upower = ['org.freedesktop.UPower', '/org/freedesktop/UPower'] as const;
    await system.mock('networkmanager', network);
    await system.mock('upower', upower[0], { OnBattery: true });
    const mock = 'org.freedesktop.DBus.Mock';
    const manager = [network, '/org/freedesktop/NetworkManager'] as const;
    await system.call(...manager, mock, 'AddProperty', 'ssv', network, 'Metered', 'u', '1');
    const words = 'conditions: {metered: false, battery: false}';
    pair(it, `triggers:\n  change: {settle: 1s}\n${words}`);
    it.write('left/kept.txt', 'held back');
    await it.up();
    const why = async () => (await it.syncmgr('why', 'docs')).out;
    await eventually(async () => {
      it.write('left/kept.txt', `${performance.now()}`);
      const said = await why();
      return /2 reasons/.test(said) && /1 request waits: change/.test(said);
    });
    assert.match(await why(), /It is looked at again/);
    await system.update(...manager, network, [['Metered', 'u', '2']]);
    await eventually(async () => /1 reason[^s]/.test(await why()));
    assert.deepEqual(it.files('right'), []);
    await system.update(...upower, upower[0], [['OnBattery', 'b', 'false']]);
    await eventually(async () => it.files('right').includes('kept.txt'));
  });

  test('nobody at the computer for long enough starts what waits for that', async (t) => {
    const it = daemonRig(t, variables);
    pair(it, 'triggers:\n  idle: {after: 1m}');
    it.write('left/kept.txt', 'while nobody looks');
    // The other tests keep the processors busy; here, and only here, the system says that they rest.
    it.write('loadavg', '0.05 0.05 0.05 1/100 1\n');
    execFileSync('mount', ['--bind', join(it.folder, 'loadavg'), '/proc/loadavg']);
    t.after(() => execFileSync('umount', ['-l', '/proc/loadavg']));
    await it.up();
    const since = String((Date.now() - 600_000) * 1_000);
    await system.update(...login, face, [
      ['IdleHint', 'b', 'true'],
      ['IdleSinceHint', 't', since],
    ]);
    await eventually(async () => it.files('right').includes('kept.txt'));
    assert.equal(await triggerOfLast(it), 'idle');
  });

  test('a volume that is mounted starts what lies on it', async (t) => {
    const it = daemonRig(t, variables);
    pair(it, `triggers:\n  volume: ${it.left}`);
    await it.up();
    execFileSync('mount', ['-t', 'tmpfs', 'stick', it.left]);
    try {
      it.write('left/kept.txt', 'from the stick');
      await eventually(async () => (await triggerOfLast(it)) === 'volume');
    } finally {
      // Before the folders of the test are removed.
      execFileSync('umount', ['-l', it.left]);
    }
  });

  test('a file that is saved starts what watches its folder', async (t) => {
    const it = daemonRig(t, variables);
    pair(it, 'triggers:\n  change: {settle: 1s}');
    await it.up();
    await eventually(async () => {
      it.write('left/deep/kept.txt', `${performance.now()}`);
      await pause(2_000);
      return it.files('right').includes('deep/kept.txt');
    });
    assert.equal(await triggerOfLast(it), 'change');
  });
}

function pair(it: DaemonRig, words: string): void {
  const { left, right } = it;
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${left}\nright: ${right}\n${words}\n`);
}

/** What is there when it looks for the first time has not come up. On a busy machine that is a while after its start. */
async function upAndLooking(it: DaemonRig): Promise<void> {
  await it.up();
  await pause(5_000);
}

async function triggerOfLast(it: DaemonRig): Promise<string> {
  const { out } = await it.syncmgr('history', '--json');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines.find(({ type }) => type === 'session')?.trigger ?? 'none';
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 150_000; !(await holds()); await pause(250)) {
    assert.ok(performance.now() < end, 'it did not come to be');
  }
}
