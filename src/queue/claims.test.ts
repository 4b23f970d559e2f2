import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Claims } from './claims.ts';

/** Whether it is granted by now. */
async function isGranted(claim: Promise<unknown>): Promise<boolean> {
  const later = new Promise<'later'>((resolve) => setImmediate(() => resolve('later')));
  return (await Promise.race([claim, later])) !== 'later';
}

test('a claim is granted when all its names are free, and all at once', async () => {
  const claims = new Claims();
  const first = await claims.claim({ names: ['a'] });
  const second = claims.claim({ names: ['a', 'b'] });
  assert.equal(await isGranted(second), false);
  const third = claims.claim({ names: ['b'] });
  assert.equal(await isGranted(third), false);
  first?.();
  assert.equal(await isGranted(second), true);
  assert.equal(await isGranted(third), false);
  (await second)?.();
  assert.equal(await isGranted(third), true);
});

test('a claim that is given up lets those behind it pass', async () => {
  const claims = new Claims();
  const first = await claims.claim({ names: ['a'] });
  const giveUp = new AbortController();
  const second = claims.claim({ names: ['a', 'b'] }, giveUp.signal);
  const third = claims.claim({ names: ['b'] });
  giveUp.abort();
  assert.equal(await second, null);
  assert.equal(await isGranted(third), true);
  assert.equal(await claims.claim({ names: ['c'] }, giveUp.signal), null);
  first?.();
});

test('a claim of nothing, or of a name twice, waits for nobody', async () => {
  const claims = new Claims();
  assert.equal(await isGranted(claims.claim({ names: [] })), true);
  assert.equal(await isGranted(claims.claim({ names: ['a', 'a'] })), true);
});
