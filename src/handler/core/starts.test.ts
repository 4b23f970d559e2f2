import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterFailure, cleanHistory, mayStart, type StartHistory } from './starts.ts';

const failed = (...at: readonly number[]): StartHistory =>
  at.reduce((history, now) => afterFailure(history, now), cleanHistory);

test('a handler that never failed may start', () => {
  assert.deepEqual(mayStart(cleanHistory, 5), { answer: 'now' });
});

test('HN-14 each failure doubles the wait, from one second on', () => {
  assert.deepEqual(mayStart(failed(1_000), 1_000), { answer: 'wait', ms: 1_000 });
  assert.deepEqual(mayStart(failed(1_000, 3_000), 3_500), { answer: 'wait', ms: 1_500 });
  assert.deepEqual(mayStart(failed(1_000, 3_000, 9_000), 13_000), { answer: 'now' });
});

test('HN-14 the wait is never longer than a minute, and is over in time', () => {
  // As many within ten minutes as there can be while it may still be started.
  const often: StartHistory = {
    failures: Array.from({ length: 9 }, () => 1_000),
    disabledAt: null,
  };
  assert.deepEqual(mayStart(often, 1_000), { answer: 'wait', ms: 60_000 });
  assert.deepEqual(mayStart(failed(1_000), 1_999), { answer: 'wait', ms: 1 });
  assert.deepEqual(mayStart(failed(1_000), 2_000), { answer: 'now' });
});

test('HN-14 after the fifth failure in ten minutes only a person starts it again', () => {
  const history = failed(0, 10_000, 20_000, 30_000, 40_000);
  assert.deepEqual(mayStart(history, 10 ** 9), { answer: 'disabled', since: 40_000 });
});

test('HN-14 failures of long ago, or of a clock that was set back, are forgotten', () => {
  const spread = failed(0, 200_000, 400_000, 600_000, 800_000);
  assert.equal(spread.disabledAt, null);
  const close = failed(1, 200_000, 400_000, 600_000, 600_000);
  assert.equal(close.disabledAt, 600_000);
  assert.deepEqual(mayStart(failed(5_000_000), 1_000), { answer: 'now' });
});
