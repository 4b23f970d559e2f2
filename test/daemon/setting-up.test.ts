// What can be set up over HTTP, with files as a person has them, and what cannot.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DaemonRig, daemonRig } from '../support/daemon-rig.ts';

interface Reply {
  readonly status: number;
  readonly etag: string;
  readonly body: Record<string, unknown>;
}

function caller(it: DaemonRig, token = it.token()) {
  return async (method: string, path: string, body?: object, headers: object = {}) => {
    const answer = await fetch(`http://127.0.0.1:${it.port()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const etag = answer.headers.get('etag') ?? '';
    const reply: Reply = { status: answer.status, etag, body: text === '' ? {} : JSON.parse(text) };
    return reply;
  };
}

const item = 'config/syncmgr/items.d/docs.yaml';

const written = (it: DaemonRig) => `# By hand.
left: ${it.left} # mine
right: ${it.right}
conditions:
  command: [/bin/true]
`;

async function up(it: DaemonRig): Promise<ReturnType<typeof caller>> {
  it.write(item, written(it));
  await it.up();
  return caller(it);
}

test('HT-08 a schedule is set over the API: in force at once, comments kept, taken back again', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const before = await ask('GET', '/v1/partnerships/docs/file');
  const keys = { triggers: { schedule: ['0 3 * * *'], connect: true } };
  const made = await ask(
    'PATCH',
    '/v1/partnerships/docs/file',
    { keys },
    { 'if-match': before.etag },
  );
  assert.equal(made.status, 200);
  assert.deepEqual(made.body.keys, { ...keys, conditions: {} });
  assert.match(it.read(item), /^# By hand\.\n.* # mine\n/);
  const { body } = await ask('GET', '/v1/partnerships/docs');
  assert.deepEqual(body.triggers, ['schedule', 'connect']);
  const second = await ask(
    'PATCH',
    '/v1/partnerships/docs/file',
    { keys },
    { 'if-match': before.etag },
  );
  assert.equal(second.status, 412);
  const undone = await ask('POST', '/v1/partnerships/docs/file/undo');
  assert.equal(undone.status, 200);
  assert.equal(it.read(item), written(it));
  assert.deepEqual((await ask('GET', '/v1/partnerships/docs')).body.triggers, []);
});

test('HT-07 HT-14 a key that is wrong, or names a program, is refused with its pointer', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const refused = async (path: string, keys: object) => {
    const { status, body } = await ask('PATCH', path, { keys });
    assert.equal(status, 400, JSON.stringify(body));
    return (body.problems as { pointer: string; reason: string }[]).map(({ pointer }) => pointer);
  };
  const file = '/v1/partnerships/docs/file';
  const cron = { triggers: { schedule: [{ cron: '0 25 * * *' }] } };
  assert.deepEqual(await refused(file, cron), ['/keys/triggers/schedule/0/cron']);
  assert.deepEqual(await refused(file, { hooks: { before: ['/bin/sh'] } }), ['/keys/hooks']);
  const command = { conditions: { command: ['/bin/sh'] } };
  assert.deepEqual(await refused(file, command), ['/keys/conditions/command']);
  const main = '/v1/configuration/file';
  assert.deepEqual(await refused(main, { api: { port: 1 } }), ['/keys/api']);
  assert.deepEqual(await refused(main, { notifications: { command: ['x'] } }), [
    '/keys/notifications',
  ]);
  assert.deepEqual(await refused(main, { handlers: { x: 'y' } }), ['/keys/handlers']);
  assert.equal(it.read(item), written(it));
});

test('the main file gets defaults that hold for every partnership that says nothing else', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const keys = { defaults: { 'fresh-within': '1d', notify: { of: ['stale'] } } };
  assert.equal((await ask('PATCH', '/v1/configuration/file', { keys })).status, 200);
  const { body } = await ask('GET', '/v1/freshness');
  assert.deepEqual(
    (body as unknown as { freshWithinMs: number }[]).map(({ freshWithinMs }) => freshWithinMs),
    [86_400_000],
  );
});

test('CK-09 a schedule that is being written is answered with its next five runs, or its fault', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const next = async (query: Record<string, string>) =>
    (await ask('GET', `/v1/next-runs?${new URLSearchParams(query)}`)).body;
  const vienna = await next({ cron: '30 3 * * *', zone: 'Europe/Vienna' });
  const runs = vienna.next as { at: string; wall: string }[];
  assert.equal(runs.length, 5);
  for (const { at, wall } of runs) {
    assert.match(wall, / 03:30$/);
    assert.match(at, /T0[12]:30:00\.000Z$/);
  }
  assert.match(String((await next({ cron: '0 3 * *' })).fault), /4 of five fields/);
  assert.match(String((await next({ cron: '0 3 * * *', zone: 'Europe/Wien' })).fault), /no zone/);
  assert.match(String((await next({ every: '10s' })).fault), /once a minute/);
  assert.equal(((await next({ every: '2h', partnership: 'docs' })).next as []).length, 5);
});

test('NM-13 folders are listed for choosing: only folders, links to them, names as they are', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const hostile = '<img src=x onerror=alert(1)>';
  mkdirSync(join(it.left, hostile));
  mkdirSync(join(it.left, 'b'));
  it.write('left/file.txt', 'x');
  symlinkSync(it.right, join(it.left, 'link'));
  symlinkSync('nowhere', join(it.left, 'broken'));
  const at = (path: string) => ask('GET', `/v1/folders?path=${encodeURIComponent(path)}`);
  const { body } = await at(it.left);
  assert.deepEqual(body.folders, [hostile, 'b', 'link']);
  assert.equal(body.parent, it.folder);
  assert.equal((await at('/')).body.parent, null);
  assert.equal((await ask('GET', '/v1/folders')).body.path, join(it.folder, 'home'));
  for (const path of [join(it.left, 'file.txt'), join(it.left, 'gone')]) {
    assert.equal((await at(path)).status, 404);
  }
});

test('A5 A45 items are ticked for a trigger on one connection, and only there', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const path = '/v1/partnerships/docs/ticks';
  const { body } = await ask('GET', `${path}?trigger=connect&connection=office`);
  const [only] = body.items as { id: string; ticked: boolean }[];
  assert.equal(only?.ticked, false);
  const draft = { trigger: 'connect', connection: 'office', ticked: { [only?.id ?? '']: true } };
  const after = await ask('PATCH', path, draft);
  assert.deepEqual(
    (after.body.items as { ticked: boolean }[]).map(({ ticked }) => ticked),
    [true],
  );
  const elsewhere = await ask('GET', `${path}?trigger=connect&connection=home`);
  assert.equal((elsewhere.body.items as { ticked: boolean }[])[0]?.ticked, false);
  const connections = (await ask('GET', '/v1/connections')).body as unknown as { name: string }[];
  assert.ok(connections.some(({ name }) => name === 'office'));
});

test('HT-14 ways to be told are shown without what is secret in them', async (t) => {
  const it = daemonRig(t);
  it.write(
    'config/syncmgr/config.yaml',
    'notifications:\n  webhook: https://hooks.example.org/s3cret\n  command: [/usr/bin/tell, --key, s3cret]\n',
  );
  const ask = await up(it);
  const { body } = await ask('GET', '/v1/notify-ways');
  assert.doesNotMatch(JSON.stringify(body), /s3cret/);
  assert.match(JSON.stringify(body), /hooks\.example\.org/);
  assert.doesNotMatch(JSON.stringify((await ask('GET', '/v1/configuration/file')).body), /s3cret/);
});

test('a token that may only look sees no file, no folder and sets nothing', async (t) => {
  const it = daemonRig(t);
  it.write('reader', 'r'.repeat(40));
  chmodSync(join(it.folder, 'reader'), 0o600);
  it.write(
    'config/syncmgr/config.yaml',
    `api: { tokens: [{ name: reader, scopes: [read], secret: "file:${it.folder}/reader" }] }\n`,
  );
  await up(it);
  const ask = caller(it, 'r'.repeat(40));
  for (const path of ['/v1/folders', '/v1/partnerships/docs/file', '/v1/configuration/file']) {
    assert.equal((await ask('GET', path)).status, 403, path);
  }
  const keys = { keys: { mode: 'contribute' } };
  assert.equal((await ask('PATCH', '/v1/partnerships/docs/file', keys)).status, 403);
  assert.equal((await ask('GET', '/v1/next-runs?cron=0%203%20*%20*%20*')).status, 200);
});

test('a draft is shown as the file it would be, with what is wrong, and nothing is written', async (t) => {
  const it = daemonRig(t);
  const ask = await up(it);
  const draft = {
    name: 'copies',
    handler: 'command',
    settings: { preset: 'rsync', left: '/a', right: 'relative' },
    pair: null,
  };
  const { status, body } = await ask('POST', '/v1/preview', draft);
  assert.equal(status, 200);
  assert.match(String(body.text), /preset: rsync/);
  assert.deepEqual(
    (body.problems as { key: string }[]).map(({ key }) => key),
    ['settings.right'],
  );
  assert.equal(it.files('config').includes('syncmgr/items.d/copies.yaml'), false);
  assert.equal((await ask('POST', '/v1/partnerships', draft)).status, 403);
});
