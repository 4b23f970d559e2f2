// mbsync against a server of IMAP that the test starts for itself, on this computer alone.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

interface Server {
  readonly port: number;
  readonly folder: string;
  process: ChildProcess;
}

const servers: Server[] = [];
after(() => {
  for (const { process: one, folder } of servers) {
    one.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
});

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function reachable(port: number): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The server does not answer.');
}

async function dovecot(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-dovecot-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const me = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  // As root it gives its rights up, as anybody else it keeps those it has.
  const user = me === 'root' ? 'nobody' : me;
  const group = execFileSync('id', ['-gn', user], { encoding: 'utf8' }).trim();
  for (const name of ['mail', 'run']) mkdirSync(join(folder, name));
  if (me === 'root') execFileSync('chown', [`${user}:${group}`, join(folder, 'mail')]);
  writeFileSync(join(folder, 'conf'), configuration(folder, port, user, group));
  const start = () =>
    spawn('dovecot', ['-F', '-c', join(folder, 'conf')], {
      stdio: 'ignore',
      env: pathWithServers(),
    });
  const server: Server = { port, folder, process: start() };
  servers.push(server);
  await reachable(port);
  return server;
}

const pathWithServers = () => ({ PATH: `${process.env.PATH}:/usr/sbin:/sbin` });

const configuration = (folder: string, port: number, user: string, group: string) => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:${folder}/mail/%u
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${group}
passdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;

const mbsyncrc = (port: number, box: string, password: string) => `
IMAPAccount server
Host 127.0.0.1
Port ${port}
User me
Pass ${password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account server

MaildirStore near
Path ${box}/
Inbox ${box}/INBOX
SubFolders Verbatim

Channel mail
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState *
`;

function deliver({ folder }: Server, subject: string, size = 0): void {
  execFileSync('doveadm', ['-c', join(folder, 'conf'), 'save', '-u', 'me'], {
    input: `From: a@example.org\r\nSubject: ${subject}\r\n\r\n${'x'.repeat(60).concat('\r\n').repeat(size)}`,
    env: pathWithServers(),
    cwd: folder,
  });
}

async function mail(t: TestContext) {
  const it = commandRig(t);
  const server = await dovecot();
  deliver(server, 'one');
  it.write('box/.keep', '');
  it.write('mbsyncrc', mbsyncrc(server.port, it.at('box'), 'right'));
  await it.put({ preset: 'mbsync', config: it.at('mbsyncrc'), channels: ['mail'] });
  return { it, server };
}

function messages(it: CommandRig): number {
  return ['cur', 'new']
    .map((part) => it.at(`box/INBOX/${part}`))
    .reduce((sum, path) => sum + (existsSync(path) ? readdirSync(path).length : 0), 0);
}

test('mbsync: a first run brings mail, a second has nothing to do, a third goes both ways', async (t) => {
  const { it, server } = await mail(t);
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(
    first.items.map(({ item, status }) => [item, status]),
    [['mail', 'succeeded']],
  );
  assert.equal(messages(it), 1);
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(messages(it), 1);
  deliver(server, 'two');
  it.write('box/INBOX/new/1700000000.1.here', 'Subject: three\r\n\r\nmine\r\n');
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(messages(it), 3);
  const [inbox = ''] = execFileSync(
    'doveadm',
    ['-c', join(server.folder, 'conf'), 'mailbox', 'status', '-u', 'me', 'messages', 'INBOX'],
    { encoding: 'utf8', env: pathWithServers(), cwd: server.folder },
  ).split('\n');
  assert.match(inbox, /messages=3/);
});

test('mbsync: a wrong password, a wrong channel and a server that is down have their classes', async (t) => {
  const { it, server } = await mail(t);
  it.write('mbsyncrc', mbsyncrc(server.port, it.at('box'), 'wrong'));
  const auth = await it.result();
  assert.deepEqual([auth.ending, auth.error?.retry], ['failed', 'auth']);
  it.write('mbsyncrc', mbsyncrc(server.port, it.at('box'), 'right'));
  await it.put({ preset: 'mbsync', config: it.at('mbsyncrc'), channels: ['mail', 'none'] });
  const half = await it.result();
  assert.deepEqual(
    [half.ending, half.items.map(({ status }) => status), half.error?.retry],
    ['partial', ['succeeded', 'failed'], 'needs-person'],
  );
  it.write('mbsyncrc', mbsyncrc(await freePort(), it.at('box'), 'right'));
  await it.put({ preset: 'mbsync', config: it.at('mbsyncrc'), channels: ['mail'] });
  assert.equal((await it.result()).error?.retry, 'temporary');
  await it.put({ preset: 'mbsync', config: it.at('none'), channels: ['mail'] });
  assert.equal((await it.result()).error?.retry, 'needs-person');
});

test('mbsync: skipped in flight it ends, and the next run brings all', async (t) => {
  const { it, server } = await mail(t);
  for (let n = 0; n < 20; n++) deliver(server, `large ${n}`, 40_000);
  const { session, ended } = await it.begun(() => messages(it) > 0);
  it.manager.skip(session, 'mail');
  const { status } = resultOf(await ended()).items[0] ?? {};
  assert.equal(status, 'skipped');
  assert.equal((await it.result()).ending, 'succeeded', JSON.stringify(await it.log()));
  assert.equal(messages(it), 21);
});

/** What dovecot itself says of this box. */
function onServer({ folder }: Server, ...words: string[]): string {
  return execFileSync('doveadm', ['-c', join(folder, 'conf'), ...words], {
    encoding: 'utf8',
    env: pathWithServers(),
    cwd: folder,
  });
}

test('mbsync: a mailbox that is another by now is not followed: no message goes on either side', async (t) => {
  const { it, server } = await mail(t);
  onServer(server, 'mailbox', 'create', '-u', 'me', 'work');
  const save = (subject: string) =>
    execFileSync('doveadm', ['-c', join(server.folder, 'conf'), 'save', '-u', 'me', '-m', 'work'], {
      input: `From: a@example.org\r\nSubject: ${subject}\r\n\r\nx\r\n`,
      env: pathWithServers(),
      cwd: server.folder,
    });
  for (let n = 0; n < 5; n++) save(`old ${n}`);
  assert.equal((await it.result()).ending, 'succeeded', JSON.stringify(await it.log()));
  const here = () => ['cur', 'new'].flatMap((part) => readdirSync(it.at(`box/work/${part}`)));
  assert.equal(here().length, 5);
  onServer(server, 'mailbox', 'delete', '-u', 'me', 'work');
  onServer(server, 'mailbox', 'create', '-u', 'me', 'work');
  for (let n = 0; n < 2; n++) save(`other ${n}`);
  const { ending, error } = await it.result();
  assert.equal(ending, 'failed', JSON.stringify(await it.log()));
  assert.equal(error?.retry, 'needs-person', error?.text);
  assert.match(error?.text ?? '', /UIDVALIDITY/);
  assert.equal(here().length, 5);
  assert.match(onServer(server, 'mailbox', 'status', '-u', 'me', 'messages', 'work'), /messages=2/);
});

test('mbsync: while another mbsync works on the channel it waits for another time', async (t) => {
  const { it, server } = await mail(t);
  for (let n = 0; n < 40; n++) deliver(server, `large ${n}`, 40_000);
  const other = spawn('mbsync', [`--config=${it.at('mbsyncrc')}`, 'mail'], { stdio: 'ignore' });
  const gone = new Promise((resolve) => other.once('exit', resolve));
  try {
    while (messages(it) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    other.kill('SIGSTOP');
    const { ending, error } = await it.result();
    assert.deepEqual(
      [ending, error?.retry],
      ['failed', 'temporary'],
      JSON.stringify(await it.log()),
    );
    assert.match(error?.text ?? '', /locked/);
  } finally {
    other.kill('SIGCONT');
    await gone;
  }
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(messages(it), 41);
});
