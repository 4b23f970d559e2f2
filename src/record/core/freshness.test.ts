import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newStanding, type Standing } from '../../model/standing.ts';
import { freshness } from './freshness.ts';

const facts = { createdAt: 100, freshWithinMs: null, nextRunAt: null };
const standing = (more: Partial<Standing>): Standing => ({ ...newStanding('pair'), ...more });
const staleSince = (more: Partial<Standing>, own: Partial<typeof facts> | object, now: number) =>
  freshness(standing(more), { ...facts, ...own }, now).staleSince;

test('how fresh something is says what happened last, and what comes next', () => {
  const told = standing({ lastAttemptAt: 3, lastSuccessAt: 2, lastChangeAt: 1, missedRuns: 1 });
  assert.deepEqual(freshness(told, { createdAt: 0, freshWithinMs: 9, nextRunAt: 8 }, 5), {
    partnership: 'pair',
    lastAttemptAt: 3,
    lastSuccessAt: 2,
    lastChangeAt: 1,
    nextRunAt: 8,
    missedRuns: 1,
    freshWithinMs: 9,
    staleSince: null,
  });
});

test('with a limit it is stale from the moment the limit is over, counted from the last success', () => {
  const limit = { freshWithinMs: 50 };
  assert.equal(staleSince({ lastSuccessAt: 200 }, limit, 249), null);
  assert.equal(staleSince({ lastSuccessAt: 200 }, limit, 250), 250);
  assert.equal(staleSince({ lastSuccessAt: 200, lastAttemptAt: 260 }, limit, 300), 250);
});

test('what never succeeded is counted from when it was made', () => {
  assert.equal(staleSince({}, { freshWithinMs: 50 }, 149), null);
  assert.equal(staleSince({}, { freshWithinMs: 50 }, 150), 150);
});

test('without a limit two runs missed in a row are too many, since the first failure', () => {
  const failing = { lastSuccessAt: 1, failingSince: 300, lastAttemptAt: 400 };
  assert.equal(staleSince({ ...failing, missedRuns: 0 }, {}, 1e12), null);
  assert.equal(staleSince({ ...failing, missedRuns: 1 }, {}, 1e12), null);
  assert.equal(staleSince({ ...failing, missedRuns: 2 }, {}, 500), 300);
  assert.equal(staleSince({ ...failing, failingSince: null, missedRuns: 3 }, {}, 500), 400);
  assert.equal(staleSince({ missedRuns: 2 }, {}, 500), 500);
});
