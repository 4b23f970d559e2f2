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
  const wrong: readonly object[] = [
    {},
    { id: 1 },
    { id: {}, method: 'm' },
    { id: null, method: 'm' },
    { id: 1.5, method: 'm' },
    { id: 'x'.repeat(1_000), method: 'm' },
    { method: 7 },
    { method: '' },
    { method: 'x'.repeat(1_000) },
    { result: 1 },
    { id: 1, error: 'no' },
    { id: 1, error: { code: 'x', message: 'no' } },
    { id: 1, error: { code: 1 } },
    { jsonrpc: '1.0', method: 'm' },
  ];
  for (const one of wrong) assert.equal(message(one).kind, 'fault', JSON.stringify(one));
  for (const text of ['{', '{"a":NaN}', '{]', `{"jsonrpc":"2.0"`]) {
    assert.equal(decode(text).kind, 'fault', text);
  }
});

test('MT-5 HN-11 what lies too deep never becomes an object', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  assert.match(JSON.stringify(decode(nested(depthMax))), /lacks/);
  assert.match(JSON.stringify(decode(nested(depthMax + 1))), /deep/);
  assert.match(JSON.stringify(decode('{"a":'.repeat(1_000_000))), /deep/);
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
