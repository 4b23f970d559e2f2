import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainTerms } from '../../model/terms.ts';
import { retryAt } from './backoff.ts';

const seed = Number(process.env.SEED ?? 1);
const { retry } = plainTerms;
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('S10 a delay is within 30 s and 1 h, at least doubles with each failure until it nears the longest, and is spread', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fraction, (failures, share) => {
      const delay = retryAt(retry, failures, 0, share);
      assert.ok(delay >= 30_000 && delay <= 3_600_000);
      const least = retryAt(retry, failures, 0, 0);
      const most = retryAt(retry, failures, 0, 0.999_999);
      assert.ok(most - least >= least / 4);
      const next = retryAt(retry, failures + 1, 0, 0);
      assert.ok(next === least * 2 || next === 2_700_000);
    }),
    { seed },
  );
});

test('S10 nothing is tried before the other side said it is of use', () => {
  assert.equal(retryAt(retry, 1, 1_000, 0, 99_999_999), 99_999_999);
  assert.equal(retryAt(retry, 1, 1_000, 0, 1_001), 31_000);
});

test('S10 a delay is spread by a third of it at most', () => {
  assert.equal(retryAt(retry, 1, 0, 0.75), 37_500);
});

test('a first delay above the longest is the longest', () => {
  const odd = { isWanted: true, firstMs: 60_000, maxMs: 10_000 };
  assert.equal(retryAt(odd, 1, 0, 0.5), 10_000);
});
