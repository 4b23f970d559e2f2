import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameSignature, signatureOf } from './signature.ts';

const stat = { mtimeMs: 1_000, ctimeMs: 5_000, inode: 7 };

test('MT-4 what changed within two seconds, or in the future, proves nothing', () => {
  assert.deepEqual(signatureOf(stat, 7_000), stat);
  for (const observedMs of [6_999.9, 5_000, 4_000, Number.NaN]) {
    assert.deepEqual(signatureOf(stat, observedMs), { ...stat, racy: true });
  }
  assert.deepEqual(signatureOf(stat, 5_020, 20), stat);
  assert.deepEqual(signatureOf(stat, 5_019, 20), { ...stat, racy: true });
});

test('a signature is another one if its time, its change time or its number is', () => {
  assert.equal(sameSignature(stat, { ...stat }), true);
  for (const other of [{ mtimeMs: 1_001 }, { ctimeMs: 5_001 }, { inode: 8 }]) {
    assert.equal(sameSignature(stat, { ...stat, ...other }), false);
  }
});
