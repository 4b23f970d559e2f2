// What the HTTP face holds against clients that err, hang, repeat and ask for too much.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { endpoints } from '../../src/server/http/endpoints.ts';
import { openApiDocument } from '../../src/server/http/openapi.ts';
import { type DaemonRig, daemonRig, until } from '../support/daemon-rig.ts';
import { answerOf, openSocket, rawAsk } from '../support/raw-http.ts';

const hasSix = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { readonly error?: { readonly code: string } };
}

function caller(it: DaemonRig, token = it.token()) {
  return async (method: string, path: string, body?: object, headers: object = {}) => {
    const answer = await fetch(`http://127.0.0.1:${it.port()}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json');
    const reply: Reply = {
      status: answer.status,
      headers: answer.headers,
      body: isJson === true && text !== '' ? JSON.parse(text) : { text },
    };
    return reply;
  };
}

async function upWithDocs(it: DaemonRig): Promise<void> {
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
}

test('HT-04 slow heads and slow bodies are ended in 10 and 30 seconds', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const begun = performance.now();
  const ask = caller(it);
  const slowHead = openSocket(it.port());
  slowHead.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${it.port()}\r\nX-A: `);
  const drip = setInterval(() => slowHead.write('a'), 1000);
  const slowBody = openSocket(it.port());
  slowBody.write(
    `POST /v1/requests HTTP/1.1\r\nHost: 127.0.0.1:${it.port()}\r\nAuthorization: Bearer ${it.token()}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  );
  const head = await answerOf(slowHead);
  clearInterval(drip);
  assert.ok([408, 0].includes(head.status));
  const headMs = performance.now() - begun;
  assert.ok(headMs < 25_000, `${headMs}`);
  assert.equal((await ask('GET', '/healthz')).status, 200);
  const body = await answerOf(slowBody);
  assert.ok([408, 0].includes(body.status));
  assert.ok(performance.now() - begun < 55_000);
});

test('HT-04 hundreds of idle connections are bounded, and synchronizing goes on', async (t) => {
  const it = daemonRig(t);
  await upWithDocs(it);
  const idle = Array.from({ length: 400 }, () => openSocket(it.port()));
  let closedAtOnce = 0;
  for (const socket of idle) {
    socket.on('error', () => {});
    socket.on('close', () => {
      closedAtOnce += 1;
    });
    socket.resume();
  }
  await until(() => closedAtOnce >= 400 - 256);
  const run = await it.syncmgr('run', 'docs');
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(it.files('right'), ['a.txt']);
  for (const socket of idle) socket.destroy();
});

test('HT-08 of two who change the same partnership the second is told that it changed', async (t) => {
  const it = daemonRig(t);
  await upWithDocs(it);
  const ask = caller(it);
  const read = await ask('GET', '/v1/partnerships/docs');
  const version = { 'if-match': read.headers.get('etag') ?? '' };
  const both = await Promise.all([
    ask('PATCH', '/v1/partnerships/docs', { enabled: false }, version),
    ask('PATCH', '/v1/partnerships/docs', { enabled: false }, version),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412]);
  const refused = both.find(({ status }) => status === 412);
  assert.equal(refused?.body.error?.code, 'version-stale');
  assert.equal((await ask('DELETE', '/v1/partnerships/docs', undefined, version)).status, 412);
});

test('CC-06 a conflict that was settled meanwhile is not settled again over HTTP', async (t) => {
  const it = daemonRig(t);
  await upWithDocs(it);
  await it.syncmgr('run', 'docs');
  it.write('left/a.txt', 'left');
  it.write('right/a.txt', 'right side');
  await it.syncmgr('run', 'docs');
  const ask = caller(it);
  const [conflict] = (await ask('GET', '/v1/conflicts?open=true')).body as unknown as {
    id: string;
    version: number;
  }[];
  const path = `/v1/conflicts/${conflict?.id}/resolve`;
  const version = { 'if-match': `"${conflict?.version}"` };
  const first = await ask('POST', path, { choice: 'keep', side: 'left' }, version);
  assert.equal(first.status, 200);
  const second = await ask('POST', path, { choice: 'keep', side: 'right' }, version);
  assert.equal(second.status, 412);
  const late = await ask('POST', path, { choice: 'keep', side: 'right' });
  assert.ok([409, 412].includes(late.status), `${late.status}`);
  assert.equal(it.read('right/a.txt'), 'left');
});

test('HT-09 a request that is sent twice with one key is one request', async (t) => {
  const it = daemonRig(t);
  await upWithDocs(it);
  const ask = caller(it);
  const body = { trigger: 'invoke', partnerships: ['docs'], startNow: true };
  const key = { 'idempotency-key': 'nightly-1' };
  const sent = await Promise.all([1, 2, 3].map(() => ask('POST', '/v1/requests', body, key)));
  assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([202]));
  assert.equal(new Set(sent.map(({ body: { id } }) => id)).size, 1);
  const { headers } = sent[0] ?? assert.fail();
  const state = await ask('GET', `${headers.get('location')}?wait=30`);
  assert.equal(state.body.ended, true);
  assert.equal((state.body.sessions as readonly object[]).length, 1);
  const other = await ask('POST', '/v1/requests', { ...body, key: 'another' }, key);
  assert.equal(other.status, 400);
});

test('HT-10 hostile names come as data, never as a page', async (t) => {
  const it = daemonRig(t);
  const item = { name: '<script>alert(1)</script>', left: it.left, right: it.right };
  it.write('config/syncmgr/items.d/evil.yaml', JSON.stringify(item));
  await it.up();
  const { headers, body } = await caller(it)('GET', '/v1/partnerships');
  assert.equal(headers.get('content-type'), 'application/json');
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal((body as unknown as { name: string }[])[0]?.name, '<script>alert(1)</script>');
});

test('HT-11 a name of a proxy is served when it is configured, and only as it is configured', async (t) => {
  const it = daemonRig(t);
  it.write('config/syncmgr/config.yaml', 'api:\n  hosts: ["Sync.Home:8443"]\n');
  await it.up();
  const statusFor = async (host: string) =>
    (await rawAsk(it.port(), ['GET /healthz HTTP/1.1', `Host: ${host}`])).status;
  assert.equal(await statusFor('sync.home:8443'), 200);
  assert.equal(await statusFor('SYNC.HOME:8443'), 200);
  assert.equal(await statusFor(`LOCALHOST:${it.port()}`), 200);
  assert.equal(await statusFor(`[::1]:${it.port()}`), 200);
  for (const host of ['sync.home', 'sync.home:443', 'sync.home.:8443', '[::2]:8443', 'home:8443']) {
    assert.equal(await statusFor(host), 421, host);
  }
});

test('HT-01 the loopback address of IPv6 is served on the same port, and refuses the same', {
  skip: !hasSix && 'there is no IPv6',
}, async (t) => {
  const it = daemonRig(t);
  await it.up();
  const ask = async (host: string, ...more: string[]) => {
    const socket = connect(it.port(), '::1');
    const head = ['GET /v1/items HTTP/1.1', `Host: ${host}:${it.port()}`, ...more];
    socket.write(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    return (await answerOf(socket)).status;
  };
  const token = `Authorization: Bearer ${it.token()}`;
  assert.equal(await ask('[::1]', token), 200);
  assert.equal(await ask('localhost', token), 200);
  assert.equal(await ask('[::1]'), 401);
  assert.equal(await ask('attacker.example', token), 421);
  assert.equal(await ask('[::1]', token, 'Origin: http://attacker.example'), 403);
});

test('HT-12 a name of the attacker that leads here is refused before it is asked who he is', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const lines = ['GET /v1/items HTTP/1.1', `Host: rebound.example:${it.port()}`];
  const { status } = await rawAsk(it.port(), [...lines, `Authorization: Bearer ${it.token()}`]);
  assert.equal(status, 421);
});

test('HT-13 nothing that can be sent names an address, a token, a host or a program', async (t) => {
  const { components, paths } = openApiDocument() as unknown as {
    components: { schemas: Record<string, { properties?: object }> };
    paths: Record<string, Record<string, { requestBody?: object }>>;
  };
  const sent = new Set<string>();
  const seen = new Set<unknown>();
  const nameIn = (_: Set<unknown>, ref: unknown) => String(ref).split('/').at(-1) ?? '';
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) sent.add(name);
      if (key !== '$ref') collect(value);
      else if (!seen.has(value)) collect(components.schemas[nameIn(seen.add(value), value)]);
    }
  };
  for (const path of Object.values(paths)) {
    for (const { requestBody } of Object.values(path)) collect(requestBody);
  }
  assert.ok(sent.has('partnerships'));
  const forbidden =
    /^(api|bind|address|listen|port|hosts?|tokens?|scopes?|auth|command|program|module|handlers|exec|secret)$/i;
  assert.deepEqual(
    [...sent].filter((name) => forbidden.test(name)),
    [],
  );
  const it = daemonRig(t);
  await it.up();
  const ask = caller(it);
  for (const path of ['/v1/configuration', '/v1/configuration/reload', '/v1/stop']) {
    for (const method of ['POST', 'PATCH']) {
      const reply = await ask(method, path, { api: { port: 1, hosts: ['evil'] } });
      assert.ok([400, 404].includes(reply.status), `${method} ${path}: ${reply.status}`);
    }
  }
});

test('HT-14 handlers with settings of their own cannot be kept over the loopback address', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const ask = caller(it);
  const draft = { name: 'evil', handler: 'command', pair: null };
  const settings = { command: ['/bin/sh', '-c', 'touch /tmp/owned'] };
  const refused = await ask('POST', '/v1/partnerships', { ...draft, settings });
  assert.equal(refused.status, 403);
  assert.equal(refused.body.error?.code, 'only-by-socket');
  const pair = { left: it.left, right: it.right };
  const sly = { name: 'x', handler: 'folder', pair, settings: { ssh: '-oProxyCommand=x' } };
  assert.equal((await ask('POST', '/v1/partnerships', sly)).status, 403);
  const plain = await ask('POST', '/v1/partnerships', { ...sly, settings: {} });
  assert.equal(plain.status, 201, JSON.stringify(plain.body));
});

test('HT-03 wrong tokens are slowed down after the fifth, right ones are not', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const wrong = caller(it, 'guess');
  const begun = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async () => (await wrong('GET', '/v1/about')).status),
  );
  assert.ok(performance.now() - begun > 900);
  assert.ok(statuses.every((status) => status === 401 || status === 429));
  assert.ok(statuses.includes(429));
  assert.equal((await caller(it)('GET', '/v1/about')).status, 200);
});

test('tokens of the configuration may what their scopes say, and no more', async (t) => {
  const it = daemonRig(t);
  it.write('secrets/reader', 'r'.repeat(40));
  it.write('secrets/runner', 'q'.repeat(40));
  it.write(
    'config/syncmgr/config.yaml',
    `api:
  tokens:
    - { name: reader, scopes: [read], secret: "file:${it.folder}/secrets/reader" }
    - { name: runner, scopes: [run], secret: "file:${it.folder}/secrets/runner" }
    - { name: gone, scopes: [admin], secret: "file:${it.folder}/secrets/none" }
`,
  );
  const { chmodSync } = await import('node:fs');
  for (const name of ['reader', 'runner']) chmodSync(`${it.folder}/secrets/${name}`, 0o600);
  const { said } = await it.up();
  assert.match(said(), /The token gone is not in force/);
  const holds = { reader: ['read'], runner: ['read', 'run'] } as const;
  for (const [name, scopes] of Object.entries(holds)) {
    const ask = caller(it, name === 'reader' ? 'r'.repeat(40) : 'q'.repeat(40));
    for (const { method, path, scope } of endpoints) {
      if (scope === 'anybody') continue;
      const plain = path.replaceAll(/\{\w+\}/g, 'x');
      const { status } = await ask(method.toUpperCase(), plain);
      const may = (scopes as readonly string[]).includes(scope);
      assert.equal(status === 403, !may, `${name} ${method} ${path}: ${status}`);
    }
  }
});

test('a browser gets in by a code, once, and needs a sign with each change', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const host = `Host: 127.0.0.1:${it.port()}`;
  const made = await rawAsk(it.socket(), ['POST /v1/login-code HTTP/1.1', 'Host: localhost']);
  const code = /"code":"([\w-]+)"/.exec(made.body)?.[1] ?? assert.fail(made.body);
  assert.equal((await caller(it)('POST', '/v1/login-code')).status, 403);
  const enter = () => rawAsk(it.port(), [`GET /login?code=${code} HTTP/1.1`, host]);
  const first = await enter();
  assert.equal(first.status, 303);
  const cookie = /set-cookie: (syncmgr-session=[\w-]+); HttpOnly; SameSite=Strict/i.exec(
    first.head,
  );
  assert.ok(cookie !== null, first.head);
  assert.equal((await enter()).status, 401);
  const asPage = async (line: string, ...more: string[]) =>
    (await rawAsk(it.port(), [line, host, `Cookie: ${cookie[1]}`, ...more])).status;
  assert.equal(await asPage('GET /v1/items HTTP/1.1'), 200);
  assert.equal(await asPage('POST /v1/configuration/reload HTTP/1.1'), 403);
  assert.equal(await asPage('POST /v1/configuration/reload HTTP/1.1', 'X-Syncmgr: 1'), 200);
});

test('a browser stays signed in when the manager is killed and comes back', async (t) => {
  const it = daemonRig(t);
  const { child, ended } = await it.up();
  const made = await rawAsk(it.socket(), ['POST /v1/login-code HTTP/1.1', 'Host: localhost']);
  const code = /"code":"([\w-]+)"/.exec(made.body)?.[1];
  const ask = async (path: string, ...more: string[]) =>
    rawAsk(it.port(), [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${it.port()}`, ...more]);
  const { head } = await ask(`/login?code=${code}`);
  const cookie = /syncmgr-session=([\w-]+)/.exec(head)?.[1] ?? assert.fail(head);
  child.kill('SIGKILL');
  await ended;
  await it.up();
  const asBrowser = `Cookie: syncmgr-session=${cookie}`;
  assert.equal((await ask('/v1/items', asBrowser)).status, 200);
  assert.equal((await ask('/v1/items', `${asBrowser}x`)).status, 401);
  assert.equal((await ask(`/login?code=${code}`)).status, 401);
  const file = `${it.folder}/state/syncmgr/browsers.json`;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.ok(!it.read('state/syncmgr/browsers.json').includes(cookie));
});

test('every call that changes something is in the list of events, with who and what', async (t) => {
  const it = daemonRig(t);
  await upWithDocs(it);
  const ask = caller(it);
  await ask('PATCH', '/v1/partnerships/docs', { enabled: false });
  await ask('POST', '/v1/requests', { trigger: 'invoke', partnerships: ['none'], startNow: true });
  await ask('GET', '/v1/items');
  const events = await eventsOf(it, 0, (text) => (text.match(/api\.called/g) ?? []).length >= 2);
  const calls = events.filter(({ type }) => type === 'api.called').map(({ data }) => data);
  assert.deepEqual(
    calls.map(({ who, method, path, status }) => `${who} ${method} ${path} ${status}`),
    ['person PATCH /v1/partnerships/docs 200', 'person POST /v1/requests 404'],
  );
});

interface Told {
  readonly sequence: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** The events of the stream after `since`, until the text is enough. */
async function eventsOf(
  it: DaemonRig,
  since: number,
  enough: (text: string) => boolean,
): Promise<readonly Told[]> {
  const socket: Socket = openSocket(it.port());
  let text = '';
  socket.on('data', (piece) => {
    text += String(piece);
  });
  socket.write(
    `GET /v1/events?since=${since} HTTP/1.1\r\nHost: 127.0.0.1:${it.port()}\r\nAuthorization: Bearer ${it.token()}\r\n\r\n`,
  );
  await until(
    () => enough(text),
    () => text,
  );
  socket.destroy();
  return [...text.matchAll(/^data: (.*)$/gm)].flatMap(([, data]) => {
    const notice = JSON.parse(data ?? '') as { type: string; event?: Told };
    return notice.event === undefined ? [] : [notice.event];
  });
}
