import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from './exit.ts';

const exited = (code: number) => ({ code, signal: null });

test('without a map 0 is success and everything else a failure that may pass', () => {
  assert.deepEqual(verdictOf(exited(0)), { as: 'succeeded', retry: 'temporary', text: null });
  assert.equal(verdictOf(exited(1)).as, 'failed');
  assert.equal(verdictOf({ code: null, signal: 'SIGKILL' }).retry, 'temporary');
});

test('a code, a range, a signal and all others are looked up in this order', () => {
  const map = { '1': 'auth', '2-5': { as: 'problems', text: 'half' }, SIGHUP: 'fatal' } as const;
  assert.deepEqual(verdictOf(exited(1), map), { as: 'failed', retry: 'auth', text: null });
  assert.deepEqual(verdictOf(exited(4), map), { as: 'problems', retry: 'temporary', text: 'half' });
  assert.equal(verdictOf({ code: null, signal: 'SIGHUP' }, map).retry, 'fatal');
  assert.equal(verdictOf(exited(6), { ...map, other: 'quota' }).retry, 'quota');
  assert.equal(verdictOf(exited(0), { other: 'quota' }).as, 'succeeded');
  assert.equal(verdictOf(exited(0), { '0': 'problems' }).as, 'problems');
});

test('the map of a step outranks the one for all steps', () => {
  assert.equal(verdictOf(exited(7), { '7': 'succeeded' }, { '7': 'fatal' }).as, 'succeeded');
  assert.equal(verdictOf(exited(8), { '7': 'succeeded' }, { '8': 'fatal' }).retry, 'fatal');
});
