import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOlder } from './version.ts';

test('a version is older by its first part that differs, as a number', () => {
  for (const [found, needed] of [
    ['3.9.3', '3.51.3'],
    ['3.51.2', '3.51.3'],
    ['2.99.9', '3.0.0'],
    ['3.51', '3.51.3'],
    ['3', '3.0.1'],
  ] as const) {
    assert.equal(isOlder(found, needed), true, `${found} ${needed}`);
    assert.equal(isOlder(needed, found), false, `${needed} ${found}`);
  }
  for (const other of ['3.51.0', '3.51']) assert.equal(isOlder('3.51', other), false);
});
