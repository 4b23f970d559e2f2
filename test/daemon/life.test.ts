// The manager that goes on by itself: start, second start, end, and what a kill leaves.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { objects } from '../support/cli-rig.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';

test('DB-06 a second manager on one store is refused at once, with process and address of the first', async (t) => {
  const it = daemonRig(t);
  const { pid } = await it.up();
  const begun = performance.now();
  const second = await it.syncmgr('up', '--port', '0');
  const tookMs = performance.now() - begun;
  assert.equal(second.code, 7);
  assert.match(second.err, new RegExp(`process ${pid}, at http://127\\.0\\.0\\.1:${it.port()}`));
  assert.ok(tookMs < 10_000, `${tookMs}`);
});

test('DB-06 the right to the store dies with the process: after a kill the next one comes up', async (t) => {
  const it = daemonRig(t);
  const first = await it.up();
  first.child.kill('SIGKILL');
  await first.ended;
  assert.match((await it.syncmgr('status')).out, /Nothing is kept yet/);
  assert.equal((await it.syncmgr('down')).code, 3);
  const { pid } = await it.up();
  assert.equal(objects((await it.syncmgr('down', '--json')).out)[0]?.process, pid);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends it in order: exit 0, the store closed, socket and address gone`, async (t) => {
    const it = daemonRig(t);
    const { child, ended } = await it.up();
    const socket = it.socket();
    assert.equal(statSync(socket).mode & 0o777, 0o600);
    child.kill(signal);
    const { code, err } = await ended;
    assert.equal(code, 0, err);
    assert.match(err, /Stopping\.\n.*Stopped\./);
    assert.throws(() => statSync(socket), /ENOENT/);
  });
}

test('commands go through the manager that runs, and say the same as without it', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  assert.equal((await it.syncmgr('add', 'docs', 'left', 'right')).code, 0);
  const alone = await it.syncmgr('run', 'docs', '-n');
  const { pid } = await it.up();
  assert.deepEqual(await it.syncmgr('run', 'docs', '-n'), alone);
  it.write('left/b.bin', new Uint8Array(3_000_000));
  const { ended } = it.start('sync', 'left', 'other', '--bwlimit', '1M');
  await until(async () => {
    const { out } = await it.syncmgr('status', '--json');
    return objects(out).some(({ type, phase }) => type === 'session' && phase === 'synchronizing');
  });
  const session = objects((await it.syncmgr('status', '--json')).out).find(
    ({ type }) => type === 'session',
  );
  assert.equal(session?.process, null, `it runs in ${pid}, which answers`);
  assert.match((await it.syncmgr('stop')).out, /Stopping 1 session/);
  assert.equal((await ended).code, 130);
});

test('it is not started as root unless that is meant', {
  skip: process.getuid?.() !== 0 && 'this is not root',
}, async (t) => {
  const it = daemonRig(t, { SYNCMGR_ALLOW_ROOT: '0' });
  const { code, err } = await it.syncmgr('up', '--port', '0');
  assert.equal(code, 4);
  assert.match(err, /as root.*--allow-root/);
  await it.up('--port', '0', '--allow-root');
});
