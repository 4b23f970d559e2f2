// `run --all --then shutdown`, with a bus and a mocked logind of its own, with a manager that goes on by
// itself and without one.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objects } from '../support/cli-rig.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';
import { PrivateBus } from '../support/private-bus.ts';

const login = ['org.freedesktop.login1', '/org/freedesktop/login1'] as const;
const mock = 'org.freedesktop.DBus.Mock';
let bus: PrivateBus;
let variables: Readonly<Record<string, string>>;

before(async () => {
  bus = await PrivateBus.start();
  variables = { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
  await bus.mock('logind', login[0]);
});
after(() => bus.stop());

/** What logind was told to do since the last look. */
async function ended(): Promise<readonly string[]> {
  const calls = await bus.call(...login, mock, 'GetCalls');
  await bus.call(...login, mock, 'ClearCalls');
  return [...calls.matchAll(/"(Suspend|Hibernate|PowerOff)"/g)].map(([, name]) => name ?? '');
}

for (const where of ['through the manager', 'without a manager'] as const) {
  test(`everything is synchronized ${where}, and then the computer shuts down`, async (t) => {
    const it = daemonRig(t, variables);
    it.write('left/a.txt', 'x');
    it.write('other/b.txt', 'y');
    mkdirSync(join(it.folder, 'right-2'));
    await it.syncmgr('add', 'docs', 'left', 'right');
    await it.syncmgr('add', 'more', 'other', 'right-2');
    if (where === 'through the manager') await it.up();
    await ended();
    const run = await it.syncmgr('run', '--all', '--then', 'shutdown');
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /The computer shuts down\./);
    assert.deepEqual([it.files('right'), it.files('right-2')], [['a.txt'], ['b.txt']]);
    assert.deepEqual(await ended(), ['PowerOff']);
  });

  test(`what is not done in time ${where} is stopped, and runs with the next start`, async (t) => {
    const it = daemonRig(t, variables);
    it.write('left/a.bin', new Uint8Array(12_000_000));
    it.write('other/b.txt', 'y');
    mkdirSync(join(it.folder, 'right-2'));
    await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '1M');
    await it.syncmgr('add', 'quick', 'other', 'right-2');
    const manager = where === 'through the manager' ? await it.up() : null;
    await ended();
    const words = ['run', '--all', '--then', 'hibernate', '--time-limit', '3s', '--json'];
    const run = await it.syncmgr(...words);
    assert.equal(run.code, 10, run.err + run.out);
    const told = objects(run.out);
    assert.deepEqual(told.find(({ type }) => type === 'waiting')?.partnerships, ['slow']);
    assert.equal(told.at(-1)?.type, 'computer-end');
    assert.deepEqual(await ended(), ['Hibernate']);
    assert.deepEqual(it.files('right-2'), ['b.txt']);
    assert.ok(!it.files('right').includes('a.bin'));
    manager?.child.kill('SIGTERM');
    await manager?.ended;
    await it.up();
    await until(() => it.files('right').includes('a.bin'));
  });
}

test('Ctrl-C in the last run leaves the computer on', async (t) => {
  const it = daemonRig(t, variables);
  it.write('left/a.bin', new Uint8Array(12_000_000));
  await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '1M');
  await ended();
  const { child, ended: over } = it.start('run', 'slow', '--then', 'sleep');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  child.kill('SIGINT');
  const { code, out } = await over;
  assert.equal(code, 130);
  assert.match(out, /The computer stays on/);
  assert.deepEqual(await ended(), []);
});

test('where the computer cannot be ended nothing is begun, and the reason is said', async (t) => {
  const nowhere = { DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere/at/all' };
  for (const manager of ['yes', 'no']) {
    const it = daemonRig(t, nowhere);
    it.write('left/a.txt', 'x');
    await it.syncmgr('add', 'docs', 'left', 'right');
    if (manager === 'yes') await it.up();
    const run = await it.syncmgr('run', '--all', '--then', 'shutdown');
    assert.equal(run.code, 4, run.err);
    assert.match(run.err, /This computer cannot be shut down: there is no such bus/);
    assert.deepEqual(
      it.files('.').filter((name) => name.startsWith('right/')),
      [],
    );
    assert.equal((await it.syncmgr('run', '--all', '--then', 'shutdown', '-n')).code, 2);
    assert.equal((await it.syncmgr('run', '--all', '--then', 'explode')).code, 2);
  }
});
