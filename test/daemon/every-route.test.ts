// Every address of the API, with every method, asked in every way it must refuse. The list is the one
// the routes are made from, so a new address is in it from its first day.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { endpoints } from '../../src/server/http/endpoints.ts';
import { openApiDocument } from '../../src/server/http/openapi.ts';
import { type DaemonRig, daemonRig } from '../support/daemon-rig.ts';
import { type RawAnswer, rawAsk } from '../support/raw-http.ts';

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'TRACE', 'BREW'];

interface Route {
  readonly method: string;
  readonly path: string;
  readonly isOpen: boolean;
  readonly hasBody: boolean;
}

const others = ['/v1/events', '/metrics', '/openapi.json', '/v1/conflicts/x/image/x'];
const routes: readonly Route[] = [
  ...endpoints.map(({ method, path, scope, body }) => ({
    method: method.toUpperCase(),
    path: path.replaceAll(/\{\w+\}/g, 'x'),
    isOpen: scope === 'anybody',
    hasBody: body !== undefined,
  })),
  ...others.map((path) => ({ method: 'GET', path, isOpen: false, hasBody: false })),
];
const closed = routes.filter(({ isOpen }) => !isOpen);

const endings: (() => Promise<void>)[] = [];
let it: DaemonRig;
let port: number;
let token: string;

before(async () => {
  it = daemonRig({ after: (end: () => Promise<void>) => endings.unshift(end) } as never);
  await it.up();
  port = it.port();
  token = it.token();
});

after(async () => {
  for (const end of endings) await end();
});

type Change = (head: string[]) => string[];

/** A request that would be in order, but for what `change` does to its head. */
function ask({ method, path, hasBody }: Route, change: Change, body = '{}'): Promise<RawAnswer> {
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    ...(hasBody ? ['Content-Type: application/json', `Content-Length: ${body.length}`] : []),
  ];
  return rawAsk(port, change(head), hasBody ? body : '');
}

/** Whoever has no token is answered only so often; what he is told then is not what is looked for. */
async function answerTo(
  route: Route,
  change: Change,
  statuses: readonly number[],
  body?: string,
): Promise<RawAnswer> {
  for (;;) {
    const answer = await ask(route, change, body);
    const later = /^retry-after: (\d+)\r?$/im.exec(answer.head)?.[1];
    if (answer.status !== 429 || statuses.includes(429)) return answer;
    assert.equal(later, '1');
    await pause(1000);
  }
}

const without =
  (name: string): Change =>
  (head) =>
    head.filter((line) => !line.toLowerCase().startsWith(`${name}:`));
const plus =
  (...lines: readonly string[]): Change =>
  (head) => [...head, ...lines];
const instead =
  (name: string, line: string): Change =>
  (head) => [...without(name)(head), line];

async function allAnswer(
  asked: readonly Route[],
  change: Change,
  statuses: readonly number[],
  body?: string,
): Promise<void> {
  await Promise.all(
    asked.map(async (route) => {
      const { status, head } = await answerTo(route, change, statuses, body);
      const wrong = `${route.method} ${route.path}: ${status} and not ${statuses.join(' or ')}`;
      assert.ok(statuses.includes(status), wrong);
      assert.doesNotMatch(head, /access-control-allow/i);
    }),
  );
}

test('HT-03 no address answers without a token, but the one for health', async () => {
  await allAnswer(closed, without('authorization'), [401]);
});

test('HT-03 no address answers to a wrong token, nor to one in the address', async () => {
  const wrong = instead('authorization', `Authorization: Bearer ${'x'.repeat(43)}`);
  await allAnswer(closed, wrong, [401, 429]);
  const inAddress: Change = (head) =>
    without('authorization')(head).map((line, at) =>
      at === 0 ? line.replace(' HTTP', `?token=${token}&access_token=${token} HTTP`) : line,
    );
  await allAnswer(closed, inAddress, [401]);
});

test('HT-01 every address refuses a foreign Host, two Hosts, none, and the absolute form', async () => {
  await allAnswer(routes, instead('host', 'Host: attacker.example'), [421]);
  await allAnswer(routes, instead('host', `Host: attacker.example:${port}`), [421]);
  await allAnswer(routes, instead('host', 'Host: 127.0.0.1'), [421]);
  await allAnswer(routes, plus('Host: attacker.example'), [400]);
  await allAnswer(routes, plus(`Host: 127.0.0.1:${port}`), [400]);
  await allAnswer(routes, without('host'), [400]);
  const absolute: Change = ([first = '', ...head]) => [
    first.replace(' /', ` http://127.0.0.1:${port}/`),
    ...head,
  ];
  await allAnswer(routes, absolute, [400]);
});

test('HT-01 the socket looks at the Host too', async () => {
  for (const { method, path } of routes) {
    const { status } = await rawAsk(it.socket(), [`${method} ${path} HTTP/1.1`, 'Host: evil']);
    assert.equal(status, 421, path);
  }
});

test('HT-02 every address refuses pages of another origin, whatever token they have', async () => {
  await allAnswer(routes, plus('Origin: http://attacker.example'), [403]);
  await allAnswer(routes, plus('Origin: null'), [403]);
  await allAnswer(routes, plus(`Origin: https://127.0.0.1:${port}`), [403]);
  await allAnswer(routes, plus('Sec-Fetch-Site: cross-site'), [403]);
  await allAnswer(routes, plus('Sec-Fetch-Site: same-site'), [403]);
  await allAnswer(routes, plus('Connection: Upgrade', 'Upgrade: websocket'), [400]);
});

test('HT-02 a look changes nothing: no address that changes something answers to GET', async () => {
  const changing = closed.filter(({ method, path }) => {
    const looks = closed.some((one) => one.path === path && one.method === 'GET');
    return method !== 'GET' && !looks;
  });
  for (const route of changing) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask({ ...route, method, hasBody: false }, (head) => head);
      assert.equal(answer.status, 404, `${method} ${route.path}`);
    }
  }
});

test('HT-05 every address refuses a long body, an endless one, a packed one, and another type', async () => {
  await allAnswer(routes, instead('content-length', 'Content-Length: 1073741824'), [413, 400]);
  const withBody = routes.filter(({ hasBody }) => hasBody);
  await allAnswer(withBody, (head) => head, [413], `"${'x'.repeat(1024 * 1024)}"`);
  await allAnswer(withBody, plus('Content-Encoding: gzip'), [415]);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    await allAnswer(withBody, instead('content-type', `Content-Type: ${type}`), [415]);
  }
  await allAnswer(withBody, without('content-type'), [415]);
  for (const { method, path } of withBody) {
    const head = [
      `${method} ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ];
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const { status } = await rawAsk(port, head, piece.repeat(20));
    assert.ok([413, 0].includes(status), `${path}: ${status}`);
  }
});

test('HT-06 other methods, traversal, NUL and giant addresses are refused everywhere', async () => {
  for (const { path } of routes) {
    const known = routes.filter((one) => one.path === path).map(({ method }) => method);
    for (const method of methods.filter((one) => !known.includes(one))) {
      if (method === 'HEAD' && known.includes('GET')) continue;
      const { status } = await ask({ method, path, isOpen: false, hasBody: false }, (head) => head);
      assert.ok([400, 404].includes(status), `${method} ${path}: ${status}`);
    }
  }
  const odd = [
    '/../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/v1/..%2fitems',
    '/v1/items%00',
    '//x',
  ];
  for (const path of [...odd, '/v1\\items', '/%zz', '*', 'items']) {
    const { status } = await ask({ method: 'GET', path, isOpen: false, hasBody: false }, (h) => h);
    assert.ok([400, 404].includes(status), `${path}: ${status}`);
  }
  const giant = await ask(
    { method: 'GET', path: `/v1/items?${'x'.repeat(9000)}`, isOpen: false, hasBody: false },
    (head) => head,
  );
  assert.equal(giant.status, 414);
});

test('HT-07 every address names the field that is wrong by its JSON pointer', async () => {
  const withBody = routes.filter(({ hasBody }) => hasBody);
  const expect = async (body: string, pointer: RegExp) => {
    for (const route of withBody) {
      const answer = await ask(route, (head) => head, body);
      assert.equal(answer.status, 400, `${route.path} ${body} ${answer.body}`);
      const { error, problems } = JSON.parse(bodyOf(answer)) as Refusal;
      assert.equal(error.code, 'request-malformed');
      assert.ok(
        problems.some((one) => pointer.test(one.pointer)),
        JSON.stringify(problems),
      );
    }
  };
  await expect('{"no-such-field":1}', /^\/(no-such-field|choice)$/);
  await expect('{"__proto__":{"isOwner":true}}', /^\/__proto__$/);
  await expect('{"a":{"constructor":{"prototype":1}}}', /^\/a\/constructor$/);
  await expect('{"number":9007199254740993}', /^\/number$/);
  await expect('[]', /^$/);
  await expect('null', /^$/);
  await expect('{"a":', /^$/);
  await expect(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`, /^\/a\/0\/0/);
});

test('HT-07 unknown and doubled words in an address are refused', async () => {
  const looks = endpoints.filter(({ method }) => method === 'get');
  for (const { path } of looks) {
    const plain = path.replaceAll(/\{\w+\}/g, 'x');
    for (const query of ['?no-such=1', '?limit=1&limit=2', '?limit=-1', '?limit=1e3']) {
      const route = { method: 'GET', path: plain + query, isOpen: false, hasBody: false };
      assert.equal((await ask(route, (head) => head)).status, 400, plain + query);
    }
  }
});

interface Refusal {
  readonly error: { readonly code: string; readonly text: string };
  readonly problems: readonly { readonly pointer: string; readonly reason: string }[];
}

const bodyOf = ({ body }: RawAnswer) => body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1);

test('every answer forbids scripts, guessing of types, and keeping', async () => {
  const ending = ['/v1/events', '/v1/stop'];
  for (const route of routes.filter(({ path }) => !ending.includes(path))) {
    const { head } = await ask(route, (lines) => lines);
    assert.match(head, /content-security-policy: default-src 'none'; frame-ancestors 'none'/i);
    assert.match(head, /x-content-type-options: nosniff/i);
    assert.match(head, /referrer-policy: no-referrer/i);
  }
});

test('the document names every address, with the scope it needs', () => {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, object>> };
  for (const { method, path, scope } of endpoints) {
    const operation = paths[path]?.[method] as { 'x-scope'?: string } | undefined;
    assert.equal(operation?.['x-scope'], scope, `${method} ${path}`);
  }
});
