import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSame, may, type Scope, scopes } from './scopes.ts';

const holder = (...own: readonly Scope[]) => ({
  name: 'a',
  scopes: own,
  isOwner: false,
  byCookie: false,
});

test('each scope holds those before it and none after it', () => {
  assert.deepEqual(scopes, ['read', 'run', 'decide', 'admin']);
  for (const [at, own] of scopes.entries()) {
    const principal = holder(own);
    assert.deepEqual(
      scopes.filter((scope) => may(principal, scope)),
      scopes.slice(0, at + 1),
    );
  }
  assert.equal(may(holder(), 'read'), false);
  assert.equal(may(holder('read', 'run'), 'run'), true);
});

test('a token is the same only letter by letter', () => {
  assert.equal(isSame('abc', 'abc'), true);
  assert.equal(isSame('', ''), true);
  for (const [one, other] of [
    ['abc', 'abd'],
    ['abc', 'bbc'],
    ['abc', 'adc'],
    ['abc', 'ab'],
    ['ab', 'abc'],
    ['abab', 'ab'],
    ['abab', 'baba'],
    ['', 'a'],
    ['a', ''],
    ['\u0000', ''],
  ] as const) {
    assert.equal(isSame(one, other), false, `${one} ${other}`);
  }
});
