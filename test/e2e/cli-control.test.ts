// Ending a run early: by Ctrl-C, by a limit, from another process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';

/** Two megabytes at one a second: slow enough to meet it on its way. */
function slow(it: Rig): readonly string[] {
  for (let number = 0; number < 32; number += 1) {
    it.write(`left/${number}.bin`, new Uint8Array(128 * 1024).fill(number));
  }
  return ['sync', 'left', 'right', '--bwlimit', '1M'];
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return;
    await pause(50);
  }
  assert.fail('it never came so far');
}

const isRunning = async (it: Rig) =>
  objects((await it.syncmgr('status', '--json')).out).some(
    ({ type, phase, process }) =>
      type === 'session' && phase === 'synchronizing' && process !== null,
  );

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends a run cleanly with 130, and the next run finishes the work`, async (t) => {
    const it = cliRig(t);
    const words = slow(it);
    const { child, ended } = it.start(...words, '--json');
    await until(() => isRunning(it));
    child.kill(signal);
    const { code, out } = await ended;
    assert.equal(code, 130);
    assert.equal(objects(out).at(-1)?.status, 'interrupted');
    assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
    assert.deepEqual(it.files('right'), it.files('left'));
  });
}

test('the time limit ends a run with 10', async (t) => {
  const it = cliRig(t);
  assert.equal((await it.syncmgr(...slow(it), '--time-limit', '500ms')).code, 10);
});

test('the transfer limit ends a run with 8', async (t) => {
  const it = cliRig(t);
  assert.equal((await it.syncmgr(...slow(it), '--transfer-limit', '512K')).code, 8);
});

test('status shows the session of another process, and stop ends it there', async (t) => {
  const it = cliRig(t);
  const { ended } = it.start(...slow(it));
  await until(() => isRunning(it));
  const stopped = await it.syncmgr('stop');
  assert.match(stopped.out, /Stopping 1 session/);
  const { code, out } = await ended;
  assert.equal(code, 130, out);
  assert.match((await it.syncmgr('status')).out, /Nothing is being synchronized now/);
});

test('skip leaves the item out in whichever process it runs', async (t) => {
  const it = cliRig(t);
  slow(it);
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  const { ended } = it.start('run', 'docs');
  await until(() => isRunning(it));
  assert.equal((await it.syncmgr('skip', 'docs')).code, 0);
  assert.equal((await ended).code, 6);
});

test('stop and skip say when there is nothing to stop or skip', async (t) => {
  const it = cliRig(t);
  await it.syncmgr('add', 'docs', 'left', 'right');
  assert.match((await it.syncmgr('stop')).out, /Nothing runs/);
  assert.equal((await it.syncmgr('skip', 'docs')).code, 2);
  assert.equal((await it.syncmgr('stop', 'docs')).code, 2);
});

test('CC-01 a second run of the same folders does not wait: it ends with 5', async (t) => {
  const it = cliRig(t);
  const { child, ended } = it.start(...slow(it));
  await until(() => isRunning(it));
  const second = await it.syncmgr('sync', 'left', 'right');
  assert.equal(second.code, 5, second.out + second.err);
  child.kill('SIGINT');
  await ended;
});

test('a session whose process was killed is shown as interrupted, and the next run goes on', async (t) => {
  const it = cliRig(t);
  const { child, ended } = it.start(...slow(it));
  await until(() => isRunning(it));
  child.kill('SIGKILL');
  await ended;
  assert.match((await it.syncmgr('history')).out, /interrupted/);
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
  assert.deepEqual(it.files('right'), it.files('left'));
});
