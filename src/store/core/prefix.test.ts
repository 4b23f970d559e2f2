import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPrefix } from './prefix.ts';

test('a plan is named by six letters of its hash or more, in either case, and by nothing else', () => {
  assert.equal(hashPrefix('247DDCc7'), '247ddcc7');
  assert.equal(hashPrefix('a'.repeat(64)), 'a'.repeat(64));
  for (const typed of ['', 'abcde', 'abcdeg', 'abcdef%', ' abcdef', 'a'.repeat(65)]) {
    assert.equal(hashPrefix(typed), null, typed);
  }
});
