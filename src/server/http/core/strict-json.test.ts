import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointerTo, readJson } from './strict-json.ts';

const nested = (depth: number) => `${'['.repeat(depth)}7${']'.repeat(depth)}`;

test('what means the same after it was read is let in', () => {
  for (const text of [
    '{"a":[1,null,"x",{"b":-9007199254740991}],"c":0.1,"d":true}',
    'null',
    '1e3',
    nested(64),
  ]) {
    assert.deepEqual(readJson(text), { value: JSON.parse(text) });
  }
});

test('keys that mean something to the language are refused, wherever they stand', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    const reason = 'this key is not permitted';
    assert.deepEqual(readJson(`{"${key}":1}`), { pointer: `/${key}`, reason });
    assert.deepEqual(readJson(`[{"a":{"${key}":{}}}]`), { pointer: `/0/a/${key}`, reason });
  }
});

test('a number that cannot be held exactly is refused, and its place told', () => {
  const reason = 'the number is too large to be exact';
  assert.deepEqual(readJson('{"a/b":[0,9007199254740993]}'), { pointer: '/a~1b/1', reason });
  assert.deepEqual(readJson('-9007199254740993'), { pointer: '', reason });
});

test('what is nested too deeply, or no JSON at all, is refused', () => {
  const deep = readJson(nested(65));
  assert.deepEqual(deep, { pointer: '/0'.repeat(65), reason: 'it is nested too deeply' });
  assert.deepEqual(readJson('{'), { pointer: '', reason: 'the body is no JSON' });
});

test('a pointer escapes what separates its parts', () => {
  assert.equal(pointerTo(['', 'a/b', '~', 'c']), '/a~1b/~0/c');
  assert.equal(pointerTo(['/a', 'b']), '/a/b');
});
