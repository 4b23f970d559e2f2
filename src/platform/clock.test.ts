import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { trueClock } from './clock.ts';

describe('the true clock', () => {
  test('sleeps as long as asked, by the hand that never goes back', async () => {
    const before = trueClock.monotonic();
    await trueClock.sleep(20);
    assert.ok(trueClock.monotonic() - before >= 20);
  });

  test('MT-12 does not return at once from a sleep of 30 days', async () => {
    const woken = new AbortController();
    let awake = false;
    const sleep = trueClock.sleep(30 * 24 * 60 * 60 * 1000, woken.signal).then(() => {
      awake = true;
    });
    await trueClock.sleep(30);
    assert.equal(awake, false);
    woken.abort();
    await sleep;
    assert.equal(awake, true);
  });

  test('does not sleep at all for an aborted signal, or no time', async () => {
    const before = trueClock.monotonic();
    await trueClock.sleep(60_000, AbortSignal.abort());
    await trueClock.sleep(0);
    await trueClock.sleep(-5);
    assert.ok(trueClock.monotonic() - before < 1000);
  });
});
