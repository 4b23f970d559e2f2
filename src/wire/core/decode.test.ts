import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, depthMax, type Message } from './decode.ts';

const message = (more: object) => decode(JSON.stringify({ jsonrpc: '2.0', ...more }));

test('each kind of message is told from the others', () => {
  const cases: readonly (readonly [object, Message])[] = [
    [
      { id: 1, method: 'm', params: { a: 1 } },
      { kind: 'request', id: 1, method: 'm', params: { a: 1 } },
    ],
    [{ method: 'm' }, { kind: 'notification', method: 'm', params: undefined }],
    [
      { id: 'x', result: null },
      { kind: 'result', id: 'x', result: null },
    ],
    [
      { id: null, error: { code: -1, message: 'no' } },
      { kind: 'failure', id: null, error: { code: -1, message: 'no' } },
    ],
  ];
  for (const [given, expected] of cases) assert.deepEqual(message(given), expected);
});

test('HN-01 a line that is no object was meant for a person', () => {
  for (const text of ['Welcome!', '', '[1]', '7', 'null', '"{}"', 'NaN']) {
    assert.deepEqual(decode(text), { kind: 'stray', text });
  }
  assert.deepEqual(decode('hello\r'), { kind: 'stray', text: 'hello' });
});

test('HN-11 an object that is no message is a fault, whatever it is', () => {
  const id = /^its id is not usable$/;
  const method = /^its method is no text of 1 to 128 characters$/;
  const error = /^its error lacks a code and a message$/;
  const kind = /^it is neither a request, nor a notification, nor a reply$/;
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, kind],
    [{ id: 1 }, kind],
    [{ id: {}, method: 'm' }, id],
    [{ id: null, method: 'm' }, id],
    [{ id: 1.5, method: 'm' }, id],
    [{ id: 'x'.repeat(129), method: 'm' }, id],
    [{ method: 7 }, method],
    [{ method: '' }, method],
    [{ method: 'x'.repeat(129) }, method],
    [{ result: 1 }, kind],
    [{ id: 1, error: 'no' }, error],
    [{ id: 1, error: null }, error],
    [{ id: 1, error: { code: 'x', message: 'no' } }, error],
    [{ id: 1, error: { code: 1 } }, error],
    [{ jsonrpc: '1.0', method: 'm' }, /^it lacks "jsonrpc": "2.0"$/],
  ];
  const reason = (read: Message) => (read.kind === 'fault' ? read.reason : read.kind);
  for (const [one, why] of wrong) assert.match(reason(message(one)), why, JSON.stringify(one));
  for (const text of ['{', '{"a":NaN}', '{]', `{"jsonrpc":"2.0"`]) {
    assert.equal(reason(decode(text)), 'it is not JSON', text);
  }
});

test('a method and an id may have 128 characters', () => {
  const long = 'x'.repeat(128);
  assert.equal(message({ id: long, method: long }).kind, 'request');
});

test('MT-5 HN-11 what lies too deep never becomes an object', () => {
  assert.equal(depthMax, 64);
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  assert.match(JSON.stringify(decode(nested(depthMax))), /lacks/);
  assert.match(JSON.stringify(decode(nested(depthMax + 1))), /deep/);
  assert.match(JSON.stringify(decode('{"a":'.repeat(1_000_000))), /deep/);
  // What lies side by side is not deep.
  const wide = Array.from({ length: 2 * depthMax }, () => [{}]);
  assert.equal(message({ method: 'm', params: { wide } }).kind, 'notification');
  // Brackets within a text are text.
  const text = '[{"\\'.repeat(1_000);
  assert.equal(message({ method: 'm', params: { text } }).kind, 'notification');
});

test('MT-6 HN-11 keys that reach for prototypes stay keys', () => {
  const line =
    '{"jsonrpc":"2.0","method":"m","params":{"__proto__":{"planted":1}},"__proto__":{"id":1}}';
  const read = decode(line);
  assert.equal(read.kind, 'notification');
  assert.equal(({} as { planted?: unknown }).planted, undefined);
});
