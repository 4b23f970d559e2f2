import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingWords, verdictOf } from './exit.ts';

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

test('a range counts with both its ends, and words that are none are passed over', () => {
  const map = { 'SIGHUP-x': 'fatal', '2-5': 'auth' } as const;
  for (const code of [2, 3, 5]) assert.equal(verdictOf(exited(code), map).retry, 'auth');
  for (const code of [1, 6]) assert.equal(verdictOf(exited(code), map).retry, 'temporary');
});

test('a signal that no map names is one of the others, and 0 is not', () => {
  const map = { other: { as: 'quota', text: 'full' } } as const;
  const killed = { code: null, signal: 'SIGTERM' };
  assert.deepEqual(verdictOf(killed, map), { as: 'failed', retry: 'quota', text: 'full' });
  assert.equal(verdictOf({ code: null, signal: null }, map).retry, 'quota');
  assert.deepEqual(verdictOf(exited(0), map, { '0': 'fatal' }).retry, 'fatal');
  assert.equal(verdictOf(exited(1), { '1': { as: 'auth' } }).text, null);
});

test('how a program ended is said by its code or its signal', () => {
  assert.equal(endingWords(exited(3)), 'exit code 3');
  assert.equal(endingWords({ code: null, signal: 'SIGKILL' }), 'signal SIGKILL');
});
