import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../src/model/json.ts';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

const password = 'env:RESTIC_OF_TEST';

async function restic(t: TestContext, more: JsonObject = {}): Promise<CommandRig> {
  const it = commandRig(t);
  it.secrets.set(password, 'correct horse');
  it.write('docs/a.txt', 'one');
  it.write('docs/sub/b.txt', 'two');
  call(it, 'init', '--quiet');
  await it.put({
    preset: 'restic-backup',
    repository: it.at('repository'),
    password,
    folders: [it.at('docs')],
    ...more,
  });
  return it;
}

function call(it: CommandRig, ...words: string[]): string {
  const own = { RESTIC_REPOSITORY: it.at('repository'), RESTIC_PASSWORD: 'correct horse' };
  const env = { PATH: process.env.PATH, HOME: it.at('home'), ...own };
  return execFileSync('restic', words, { encoding: 'utf8', env });
}

/** It writes the first of its data, and has its lock by then. */
const isAtWork = (it: CommandRig) =>
  readdirSync(it.at('repository/data'), { recursive: true, withFileTypes: true }).some((entry) =>
    entry.isFile(),
  );

const check = (it: CommandRig, more: JsonObject = {}) =>
  it.put({ preset: 'restic-check', repository: it.at('repository'), password, ...more });

test('restic backup: a first run, one with nothing to do, and one with a change', async (t) => {
  const it = await restic(t, { exclude: ['*.tmp'] });
  it.write('docs/x.tmp', 'x');
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(first.counts, { 'repository.create': 2 });
  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);
  it.write('docs/a.txt', 'one more');
  assert.deepEqual((await it.result()).counts, { 'repository.update': 1 });
  assert.equal(JSON.parse(call(it, 'snapshots', '--json')).length, 3);
  call(it, 'restore', 'latest', '--target', it.at('out'));
  assert.equal(it.read(join('out', it.at('docs/a.txt'))), 'one more');
  assert.equal(existsSync(join(it.at('out'), it.at('docs/x.tmp'))), false);
});

test('restic backup: what fails has its class, and the password is seen nowhere', async (t) => {
  const it = await restic(t);
  it.secrets.set(password, 'wrong staple');
  const auth = await it.result();
  assert.deepEqual([auth.ending, auth.error?.retry], ['failed', 'auth']);
  assert.doesNotMatch((await it.log()).join(), /wrong staple/);
  it.secrets.set(password, 'correct horse');
  rmSync(it.at('docs'), { recursive: true });
  assert.equal((await it.result()).error?.retry, 'needs-person');
  it.write('docs/a.txt', 'one');
  rmSync(it.at('repository'), { recursive: true });
  const { error } = await it.result();
  assert.deepEqual(error?.retry, 'needs-person');
  assert.match(error?.text ?? '', /there is no repository/);
});

test('restic backup: one folder that is not there is a problem, the others are backed up', async (t) => {
  const it = await restic(t);
  const folders = [it.at('docs'), it.at('gone')];
  await it.put({ preset: 'restic-backup', repository: it.at('repository'), password, folders });
  const result = await it.result();
  assert.deepEqual([result.ending, result.counts], ['partial', { 'repository.create': 2 }]);
  const errors = (await it.log()).filter((line) => line.startsWith('error'));
  assert.match(errors.join(), /it is not there, and was not backed up/);
});

test('restic backup: skipped in flight it leaves no lock behind', async (t) => {
  const it = await restic(t, { options: ['--limit-upload=100'] });
  it.write('docs/large.bin', crypto.getRandomValues(new Uint8Array(65_536)));
  for (let n = 0; n < 60; n++) {
    appendFileSync(it.at('docs/large.bin'), crypto.getRandomValues(new Uint8Array(65_536)));
  }
  const { session, ended } = await it.begun(() => isAtWork(it));
  it.manager.skip(session, 'command');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  assert.deepEqual(readdirSync(it.at('repository/locks')), []);
});

test('restic check: a sound repository succeeds, a damaged one needs a person', async (t) => {
  const it = await restic(t);
  await it.result();
  await check(it);
  assert.equal((await it.result()).ending, 'succeeded');
  const data = it.at('repository/data');
  const [pack = ''] = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  chmodSync(pack, 0o600);
  appendFileSync(pack, 'damage');
  await check(it, { 'read-data': true });
  const { ending, error, problems } = await it.result();
  assert.deepEqual([ending, error?.retry], ['failed', 'needs-person']);
  assert.ok(problems > 0);
  assert.match(error?.text ?? '', /damaged/);
});

test('restic check: run again it says the same, and what was backed up meanwhile is checked too', async (t) => {
  const it = await restic(t);
  await it.result();
  await check(it, { 'read-data': true });
  const stored = () => readdirSync(it.at('repository'), { recursive: true }).sort();
  const before = stored();
  for (let turn = 0; turn < 2; turn++) {
    const { ending, problems, counts } = await it.result();
    assert.deepEqual([ending, problems, counts], ['succeeded', 0, {}]);
  }
  assert.deepEqual(stored(), before);
  it.write('docs/c.txt', 'three');
  call(it, 'backup', '--quiet', it.at('docs'));
  assert.equal((await it.result()).ending, 'succeeded');
});

test('restic check: a wrong password, no repository, and one somebody works in have their classes', async (t) => {
  const it = await restic(t);
  await it.result();
  it.secrets.set('env:WRONG', 'not the horse');
  await check(it, { password: 'env:WRONG' });
  const wrong = await it.result();
  assert.deepEqual([wrong.ending, wrong.error?.retry], ['failed', 'auth']);
  assert.doesNotMatch((await it.log()).join(), /not the horse/);
  await check(it, { repository: it.at('nowhere') });
  const none = await it.result();
  assert.deepEqual([none.ending, none.error?.retry], ['failed', 'needs-person']);
  assert.equal(existsSync(it.at('nowhere')), false);
  // A backup that is under way, and waits for its input.
  const words = ['backup', '--quiet', '--stdin'];
  const own = { RESTIC_REPOSITORY: it.at('repository'), RESTIC_PASSWORD: 'correct horse' };
  const env = { PATH: process.env.PATH, HOME: it.at('home'), ...own };
  const busy = spawn('restic', words, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const gone = once(busy, 'exit');
  try {
    while (readdirSync(it.at('repository/locks')).length === 0) await pause(10);
    await check(it);
    const locked = await it.result();
    assert.deepEqual([locked.ending, locked.error?.retry], ['failed', 'temporary']);
    assert.match(locked.error?.text ?? '', /somebody else works in the repository/);
  } finally {
    busy.stdin.end();
    await gone;
  }
  assert.equal((await it.result()).ending, 'succeeded');
});

test('restic check: skipped in flight it ends', async (t) => {
  const it = await restic(t);
  for (let n = 0; n < 40; n++) {
    it.write(`docs/${n}.bin`, crypto.getRandomValues(new Uint8Array(65_536)));
  }
  await it.result();
  await check(it, { 'read-data': true, options: ['--limit-download=50'] });
  const { session, ended } = await it.begun(
    () => readdirSync(it.at('repository/locks')).length > 0,
  );
  it.manager.skip(session, 'command');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
});
