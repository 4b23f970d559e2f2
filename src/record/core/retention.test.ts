import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retentionLimits } from './retention.ts';

const day = 86_400_000;

test('what is older than the days kept may go', () => {
  const now = 1_000 * day;
  assert.deepEqual(retentionLimits(now), { before: 910 * day, sessionsPerPartnership: 500 });
  const limits = retentionLimits(now, { days: 7, sessions: 3 });
  assert.deepEqual(limits, { before: 993 * day, sessionsPerPartnership: 3 });
});

test('a retention of nothing keeps a day and a session', () => {
  const limits = retentionLimits(10 * day, { days: 0, sessions: 0 });
  assert.deepEqual(limits, { before: 9 * day, sessionsPerPartnership: 1 });
});
