import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyBytesMax, type Knock, refusalOf } from './gate.ts';

const hosts = ['127.0.0.1:7396', 'localhost:7396'];
const knock = (more: Partial<Knock> = {}, ...headers: readonly string[]): Knock => ({
  method: 'GET',
  target: '/v1/items?a=../b',
  rawHeaders: ['Accept', 'host', 'HOST', '127.0.0.1:7396', ...headers],
  ...more,
});
const post = (...headers: readonly string[]) => knock({ method: 'POST' }, ...headers);

test('a program of this user is let in, by each method and each name of the listener', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']) {
    assert.equal(refusalOf(knock({ method }), hosts), null, method);
  }
  assert.equal(refusalOf(knock({ rawHeaders: ['Host', 'LOCALHOST:7396'] }), hosts), null);
  assert.equal(refusalOf(post('Content-Encoding', 'identity', 'Content-Length', '7'), hosts), null);
  assert.equal(refusalOf(knock({}, 'Content-Length', '0'), hosts), null);
  assert.equal(refusalOf(knock({ target: `/${'a'.repeat(8191)}` }), hosts), null);
});

test('what no client of this manager sends is refused, and told why', () => {
  const rows: readonly (readonly [Knock, number, RegExp])[] = [
    [knock({ method: 'TRACE' }), 400, /^the method TRACE is not known here$/],
    [knock({ target: `/${'a'.repeat(8192)}` }), 414, /^the address is too long$/],
    [knock({ target: 'http://other/' }), 400, /^the address must begin with a single \/$/],
    [knock({ target: '//other/v1/' }), 400, /^the address must begin with a single \/$/],
    [knock({ target: '*' }), 400, /^the address must begin/],
    [knock({}, 'Upgrade', 'websocket'), 400, /^there is nothing to upgrade to$/],
    [post('Content-Encoding', 'gzip'), 415, /^a body must not be compressed$/],
    [post('Content-Encoding', 'identity', 'content-encoding', 'br'), 415, /compressed/],
    [knock({}, 'Content-Length', '1'), 400, /^a look has no body$/],
    [knock({ method: 'HEAD' }, 'Transfer-Encoding', 'chunked'), 400, /^a look has no body$/],
  ];
  for (const [one, status, text] of rows) {
    const refusal = refusalOf(one, hosts);
    assert.deepEqual([refusal?.status, refusal?.code], [status, 'request-malformed'], one.target);
    assert.match(refusal?.text ?? '', text);
  }
});

test('an address that leads out of its place is refused, however it is written', () => {
  const targets = ['/a/../b', '/..', '/a/./b', '/a/%2e%2e/b', '/a%2f..%2fb', '/a\\b', '/%00', '/%'];
  for (const target of targets) {
    const refusal = refusalOf(knock({ target }), hosts);
    assert.equal(refusal?.text, 'the address leads out of its place', target);
  }
  for (const target of ['/a..b', '/...', '/a?b=/../c']) {
    assert.equal(refusalOf(knock({ target }), hosts), null, target);
  }
});

test('a name that leads here and is not ours is refused: a page that had it bound to this address', () => {
  const other = refusalOf(knock({ rawHeaders: ['Host', 'evil.example:7396'] }), hosts);
  assert.deepEqual(other, { status: 421, code: 'host-refused', text: 'evil.example:7396' });
  for (const rawHeaders of [[], ['Host', '127.0.0.1:7396', 'host', '127.0.0.1:7396']]) {
    assert.equal(refusalOf(knock({ rawHeaders }), hosts)?.text, 'exactly one Host is needed');
  }
});

test('a page from elsewhere is refused, whatever it asks for', () => {
  const foreign = (text: string) => ({ status: 403, code: 'origin-refused', text });
  const origins = ['http://evil.example', 'https://127.0.0.1:7396', 'null'];
  for (const origin of origins) {
    assert.deepEqual(refusalOf(knock({}, 'Origin', origin), hosts), foreign(origin));
    const both = post('Origin', 'http://localhost:7396', 'origin', origin);
    assert.deepEqual(refusalOf(both, hosts), foreign(origin));
  }
  for (const site of ['cross-site', 'same-site']) {
    assert.deepEqual(refusalOf(knock({}, 'Sec-Fetch-Site', site), hosts), foreign(site));
  }
  assert.deepEqual(refusalOf(post('Sec-Fetch-Site', 'none'), hosts), foreign('none'));
});

test('our own page is let in, and an address that a person typed is only looked at', () => {
  const own = ['Origin', 'HTTP://LOCALHOST:7396', 'Sec-Fetch-Site', 'same-origin'];
  assert.equal(refusalOf(post(...own), hosts), null);
  for (const method of ['GET', 'HEAD']) {
    assert.equal(refusalOf(knock({ method }, 'Sec-Fetch-Site', 'none'), hosts), null);
  }
});

test('a body over one mebibyte, or of a length that is no number, is refused before it is read', () => {
  assert.equal(bodyBytesMax, 1_048_576);
  assert.equal(refusalOf(post('Content-Length', '1048576'), hosts), null);
  const tooLarge = { status: 413, code: 'request-too-large', text: '1 MiB' };
  for (const length of ['1048577', 'many']) {
    assert.deepEqual(refusalOf(post('Content-Length', length), hosts), tooLarge);
  }
});
