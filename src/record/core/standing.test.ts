import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorRecord, RetryClass } from '../../model/error.ts';
import type { Ending, ItemResult, Session, SessionResult } from '../../model/session.ts';
import { newStanding, type Standing } from '../../model/standing.ts';
import type { TriggerKind } from '../../model/trigger.ts';
import { afterSession } from './standing.ts';

const session = (trigger: TriggerKind): Session => ({
  id: 's1',
  request: 'r1',
  partnership: 'pair',
  trigger,
  phase: 'failed',
  plan: null,
  startedAt: 1_000,
  endedAt: 1_500,
  result: null,
});
const error = (retry: RetryClass, notBefore?: number): ErrorRecord => ({
  code: 'c',
  text: 't',
  retry,
  ...(notBefore === undefined ? {} : { notBefore }),
});
const failedItem = (cause: ErrorRecord | null): ItemResult => ({
  item: 'i',
  name: 'i',
  status: 'failed',
  error: cause,
  finishedBeforeSkip: false,
});

interface Case {
  readonly ending: Ending;
  readonly trigger?: TriggerKind;
  readonly error?: ErrorRecord | null;
  readonly items?: readonly ItemResult[];
  readonly counts?: Readonly<Record<string, number>>;
  readonly retryAt?: (failures: number) => number | null;
}

function after(before: Partial<Standing>, given: Case): Standing {
  const result: SessionResult = {
    ending: given.ending,
    items: given.items ?? [],
    counts: given.counts ?? {},
    bytes: 0,
    problems: 0,
    conflicts: 0,
    error: given.error ?? null,
  };
  return afterSession(
    { ...newStanding('pair'), ...before },
    {
      session: session(given.trigger ?? 'schedule'),
      result,
      at: 1_500,
      retryAt: given.retryAt ?? ((failures) => 2_000 + failures),
    },
  );
}

const bad: Partial<Standing> = {
  backOff: { failures: 2, until: 9, trigger: 'change', session: 'old' },
  needsPersonSince: 7,
  failingSince: 6,
  missedRuns: 3,
  lastSuccessAt: 5,
  lastChangeAt: 4,
};

test('a success ends every worry', () => {
  assert.deepEqual(after(bad, { ending: 'succeeded', counts: { 'right.create': 1 } }), {
    ...newStanding('pair'),
    lastAttemptAt: 1_000,
    lastSuccessAt: 1_500,
    lastChangeAt: 1_500,
    lastDurationMs: 500,
  });
});

test('a run that had nothing to carry over is no change', () => {
  assert.equal(after(bad, { ending: 'succeeded', counts: { 'right.create': 0 } }).lastChangeAt, 4);
  assert.equal(after(bad, { ending: 'succeeded' }).lastChangeAt, 4);
  const mixed = { 'right.create': 0, 'left.update': 2 };
  assert.equal(after(bad, { ending: 'succeeded', counts: mixed }).lastChangeAt, 1_500);
});

test('a clock that went back makes no run shorter than nothing', () => {
  const before = newStanding('pair');
  const late = { ...session('manual'), startedAt: 9_000 };
  const result = {
    ending: 'succeeded' as const,
    items: [],
    counts: {},
    bytes: 0,
    problems: 0,
    conflicts: 0,
    error: null,
  };
  const ended = { session: late, result, at: 1_500, retryAt: () => null };
  assert.equal(afterSession(before, ended).lastDurationMs, 0);
});

test('who was not asked to do anything stands as before', () => {
  for (const ending of ['declined', 'planned'] as const) {
    assert.deepEqual(after(bad, { ending, error: error('fatal') }), {
      ...newStanding('pair'),
      ...bad,
    });
  }
});

test('a run that was cut short was an attempt, and neither a success nor a failure', () => {
  for (const ending of ['stopped', 'interrupted'] as const) {
    const cause = error('temporary');
    assert.deepEqual(after(bad, { ending, error: cause, counts: { 'left.update': 1 } }), {
      ...newStanding('pair'),
      ...bad,
      lastAttemptAt: 1_000,
      lastChangeAt: 1_500,
      lastError: cause,
    });
  }
});

test('a plan that waits needs a person since the first time, and is no failure', () => {
  const first = after({}, { ending: 'halted' });
  assert.deepEqual(
    [first.needsPersonSince, first.failingSince, first.missedRuns],
    [1_500, null, 1],
  );
  const again = after({ needsPersonSince: 7, failingSince: 6 }, { ending: 'halted' });
  assert.deepEqual([again.needsPersonSince, again.failingSince], [7, 6]);
});

test('what only a person can help with needs one; what may pass, and what is fatal, fails', () => {
  for (const retry of ['auth', 'needs-person', 'quota'] as const) {
    const found = after({}, { ending: 'failed', error: error(retry) });
    assert.deepEqual(
      [found.needsPersonSince, found.failingSince, found.backOff],
      [1_500, null, null],
    );
  }
  const passing = after({ failingSince: 6 }, { ending: 'failed', error: error('temporary') });
  assert.deepEqual([passing.needsPersonSince, passing.failingSince], [null, 6]);
  const fatal = after({ needsPersonSince: 7 }, { ending: 'failed', error: error('fatal') });
  assert.deepEqual([fatal.needsPersonSince, fatal.failingSince, fatal.backOff], [7, 1_500, null]);
});

test('one failure that may pass among items that need a person is a failure', () => {
  const items = [failedItem(error('auth')), failedItem(error('temporary')), failedItem(null)];
  const found = after({}, { ending: 'partial', items });
  assert.deepEqual([found.needsPersonSince, found.failingSince], [null, 1_500]);
  const both = after({}, { ending: 'partial', items: [failedItem(error('auth'))] });
  assert.deepEqual([both.needsPersonSince, both.failingSince], [1_500, null]);
});

test('problems without an error make no run a failed one, a failure without one does', () => {
  const partial = after(bad, { ending: 'partial', items: [failedItem(null)] });
  assert.deepEqual(
    [partial.lastSuccessAt, partial.failingSince, partial.missedRuns],
    [1_500, null, 0],
  );
  const failed = after({}, { ending: 'failed' });
  assert.deepEqual(
    [failed.lastSuccessAt, failed.failingSince, failed.backOff],
    [null, 1_500, null],
  );
});

test('only a slot of a schedule that had no success counts as missed', () => {
  const cause = error('temporary');
  assert.equal(after(bad, { ending: 'failed', error: cause, trigger: 'schedule' }).missedRuns, 4);
  assert.equal(after(bad, { ending: 'failed', error: cause, trigger: 'change' }).missedRuns, 3);
  assert.equal(after(bad, { ending: 'failed', error: cause }).lastDurationMs, 500);
  assert.equal(after(bad, { ending: 'failed', error: cause }).lastError, cause);
});

test('each failure that may pass is tried again later than the one before, not before it is of use', () => {
  const cause = error('temporary');
  const first = after({}, { ending: 'failed', error: cause });
  assert.deepEqual(first.backOff, {
    failures: 1,
    until: 2_001,
    trigger: 'schedule',
    session: 's1',
  });
  assert.equal(after(bad, { ending: 'failed', error: cause }).backOff?.failures, 3);
  const later = after({}, { ending: 'failed', error: error('temporary', 5_000) });
  assert.equal(later.backOff?.until, 5_000);
  const items = [failedItem(error('temporary', 3_000)), failedItem(error('temporary', 4_000))];
  assert.equal(after({}, { ending: 'partial', items }).backOff?.until, 4_000);
});

test('what is not to be tried again by itself is not', () => {
  const cause = error('temporary');
  assert.equal(after(bad, { ending: 'failed', error: cause, retryAt: () => null }).backOff, null);
  const items = [failedItem(cause)];
  assert.equal(after(bad, { ending: 'failed', error: error('auth'), items }).backOff, null);
  assert.equal(after(bad, { ending: 'partial', items }).backOff?.failures, 3);
});

test('a person’s own try in between is tried again as what had started by itself', () => {
  const cause = error('temporary');
  for (const trigger of ['manual', 'invoke'] as const) {
    assert.equal(
      after(bad, { ending: 'failed', error: cause, trigger }).backOff?.trigger,
      'change',
    );
    assert.equal(after({}, { ending: 'failed', error: cause, trigger }).backOff?.trigger, trigger);
  }
  const own = after(bad, { ending: 'failed', error: cause, trigger: 'schedule' });
  assert.equal(own.backOff?.trigger, 'schedule');
});
