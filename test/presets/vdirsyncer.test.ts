// vdirsyncer against a server of calendars that the test starts for itself, on this computer alone.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

/** A free port whose number has the digits of a refusal, so that no message with a port in it passes for one. */
async function portWithRefusal(): Promise<number> {
  for (let port = 40_100; port < 40_200; port++) {
    const listener = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      listener.once('error', () => resolve(false));
      listener.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => listener.close(resolve));
    return port;
  }
  throw new Error('No port from 40100 to 40199 is free.');
}

async function radicale(
  t: TestContext,
  it: CommandRig,
  port: number,
  auth = ['--auth-type=none'],
): Promise<ChildProcess> {
  mkdirSync(it.at('server'), { recursive: true });
  const server = spawn(
    'radicale',
    [`--server-hosts=127.0.0.1:${port}`, `--storage-filesystem-folder=${it.at('server')}`, ...auth],
    { stdio: 'ignore' },
  );
  t.after(() => server.kill('SIGTERM'));
  for (let turn = 0; turn < 2_000; turn++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket
        .once('error', () => resolve(false))
        .once('connect', () => {
          socket.end();
          resolve(true);
        });
    });
    if (isUp) return server;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The server does not answer.');
}

const configuration = (folder: string, port: number) => `
[general]
status_path = "${folder}/status"
[pair calendar]
a = "here"
b = "there"
collections = ["home"]
conflict_resolution = null
[storage here]
type = "filesystem"
path = "${folder}/here"
fileext = ".ics"
[storage there]
type = "caldav"
url = "http://127.0.0.1:${port}/me/"
username = "me"
password = "any"
`;

const event = (id: string, summary: string) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:test',
    'BEGIN:VEVENT',
    `UID:${id}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20260101T000000Z',
    `SUMMARY:${summary}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

async function calendar(t: TestContext) {
  const it = commandRig(t);
  const port = await portWithRefusal();
  const server = await radicale(t, it, port);
  mkdirSync(it.at('here'));
  it.write('conf', configuration(it.folder, port));
  execFileSync('vdirsyncer', ['-c', it.at('conf'), 'discover', 'calendar'], {
    input: 'y\ny\n',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH, HOME: it.at('home') },
  });
  await it.put({ preset: 'vdirsyncer', config: it.at('conf'), pairs: ['calendar'] });
  const served = it.at('server/collection-root/me/home');
  return { it, port, server, served };
}

const items = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.ics'));

test('vdirsyncer: a first run uploads, a second has nothing to do, a third goes both ways', async (t) => {
  const { it, served } = await calendar(t);
  it.write('here/home/1.ics', event('1', 'one'));
  it.write('here/home/2.ics', event('2', 'two'));
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(first.counts, { 'there/home.create': 2 });
  assert.equal(items(served).length, 2);
  const second = await it.result();
  assert.deepEqual([second.ending, second.counts], ['succeeded', {}]);
  it.write('here/home/1.ics', event('1', 'one more'));
  rmSync(it.at('here/home/2.ics'));
  writeFileSync(join(served, '3.ics'), event('3', 'three'));
  assert.deepEqual((await it.result()).counts, {
    'there/home.update': 1,
    'there/home.delete': 1,
    'here/home.create': 1,
  });
});

test('vdirsyncer: what both sides changed is in the inbox until it is settled', async (t) => {
  const { it, served } = await calendar(t);
  it.write('here/home/1.ics', event('1', 'one'));
  await it.result();
  it.write('here/home/1.ics', event('1', 'here'));
  const [name = ''] = items(served);
  writeFileSync(join(served, name), event('1', 'there'));
  const result = await it.result();
  assert.deepEqual([result.ending, result.conflicts], ['partial', 1]);
  const [conflict] = await it.store.conflicts.list({ states: ['open'] });
  assert.deepEqual([conflict?.subject, conflict?.kind], ['1', 'edit-edit']);
  const keep = it.manager.resolve(conflict?.id ?? '', { choice: 'keep', side: 'left' });
  await assert.rejects(keep, { code: 'command-unresolvable' });
  writeFileSync(join(served, name), event('1', 'here'));
  assert.deepEqual([(await it.result()).ending, (await it.result()).conflicts], ['succeeded', 0]);
});

test('vdirsyncer: a storage that was emptied is not followed until a person says so', async (t) => {
  const { it, served } = await calendar(t);
  it.write('here/home/1.ics', event('1', 'one'));
  it.write('here/home/2.ics', event('2', 'two'));
  await it.result();
  for (const name of items(it.at('here/home'))) rmSync(it.at(`here/home/${name}`));
  const result = await it.result();
  assert.deepEqual([result.ending, result.conflicts], ['partial', 1]);
  assert.equal(items(served).length, 2);
  const [conflict] = await it.store.conflicts.list({ states: ['open'] });
  assert.deepEqual([conflict?.subject, conflict?.kind], ['calendar/home', 'emptied']);
  await it.manager.resolve(conflict?.id ?? '', { choice: 'keep', side: 'left' });
  assert.equal(items(served).length, 0);
  assert.equal((await it.result()).ending, 'succeeded');
});

async function killed(server: ChildProcess): Promise<void> {
  const down = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGKILL');
  await down;
}

test('vdirsyncer: a pair that is not known needs a person, a server that is down may come back, one that refuses needs another password', async (t) => {
  const { it, port, server } = await calendar(t);
  it.write('here/home/1.ics', event('1', 'one'));
  await it.put({ preset: 'vdirsyncer', config: it.at('none'), pairs: ['calendar'] });
  assert.equal((await it.result()).error?.retry, 'needs-person');
  await it.put({ preset: 'vdirsyncer', config: it.at('conf'), pairs: ['calendar'] });
  await killed(server);
  const down = await it.result();
  assert.deepEqual([down.ending, down.error?.retry], ['failed', 'temporary']);
  it.write('users', 'me:another\n');
  await radicale(t, it, port, [
    '--auth-type=htpasswd',
    `--auth-htpasswd-filename=${it.at('users')}`,
    '--auth-htpasswd-encryption=plain',
  ]);
  const refused = await it.result();
  assert.deepEqual([refused.ending, refused.error?.retry], ['failed', 'auth']);
});

test('vdirsyncer: skipped in flight it ends, and the next run goes on', async (t) => {
  const { it, served } = await calendar(t);
  for (let n = 0; n < 200; n++) it.write(`here/home/${n}.ics`, event(String(n), `event ${n}`));
  const { session, ended } = await it.begun(() => existsSync(served) && items(served).length > 0);
  it.manager.skip(session, 'calendar');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  assert.equal((await it.result()).ending, 'succeeded', JSON.stringify(await it.log()));
  assert.equal(items(served).length, 200);
  assert.match(readFileSync(join(served, items(served)[0] ?? ''), 'utf8'), /event/);
});
