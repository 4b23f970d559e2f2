import assert from 'node:assert/strict';
import { test } from 'node:test';
import { result, session } from '../../../test/conformance/store/samples.ts';
import type { FinalStatus } from '../../model/item.ts';
import type { Session } from '../../model/session.ts';
import { noTimes, timesOf, withSessions } from './item-times.ts';

/** A session that began then, took 1 ms, and ended so for these items. */
function ran(
  startedAt: number,
  items: Readonly<Record<string, FinalStatus>>,
  change: Partial<Session> & { readonly changed?: number } = {},
): Session {
  const { changed = 0, ...rest } = change;
  const phase = Object.values(items).includes('failed') ? 'partial' : 'succeeded';
  return session({
    phase,
    startedAt,
    endedAt: startedAt + 1,
    result: {
      ...result,
      ending: phase,
      items: Object.entries(items).map(([item, status]) => ({
        item,
        name: item,
        status,
        error: null,
        finishedBeforeSkip: false,
      })),
      counts: { 'right.create': changed },
    },
    ...rest,
  });
}

test('an attempt, a success and a change of an item are three moments', () => {
  const times = withSessions(noTimes, [
    ran(10, { mail: 'succeeded', files: 'succeeded' }, { changed: 2 }),
    ran(20, { mail: 'succeeded' }),
    ran(30, { mail: 'failed', files: 'succeeded' }),
  ]);
  assert.deepEqual(timesOf(times, 'mail'), {
    last: 'partial',
    attempt: 30,
    success: 21,
    change: 11,
  });
  assert.deepEqual(timesOf(times, 'files'), {
    last: 'partial',
    attempt: 30,
    success: 31,
    change: 11,
  });
  assert.deepEqual(times.any, { last: 'partial', attempt: 30, success: 21, change: 11 });
  assert.deepEqual(times.durations, [1, 1, 1]);
});

test('a dry run and a declined trigger say nothing of how an item stands', () => {
  const ended = withSessions(noTimes, [ran(10, { mail: 'succeeded' })]);
  const later = [
    ran(20, { mail: 'succeeded' }, { phase: 'planned' }),
    ran(30, {}, { phase: 'declined' }),
  ];
  assert.deepEqual(withSessions(ended, later), ended);
});

test('before its items have ended a session is everybody’s, also of an item that came later', () => {
  const times = withSessions(noTimes, [
    ran(10, { mail: 'succeeded' }),
    session({ phase: 'synchronizing', startedAt: 20 }),
  ]);
  assert.deepEqual(timesOf(times, 'mail'), {
    last: 'synchronizing',
    attempt: 20,
    success: 11,
    change: null,
  });
  assert.equal(timesOf(times, 'new').last, 'synchronizing');
});

test('of the durations the last twenty are kept', () => {
  const sessions = Array.from({ length: 25 }, (_, at) =>
    ran(at * 100, { mail: 'succeeded' }, { endedAt: at * 100 + at }),
  );
  const [first, ...others] = withSessions(noTimes, sessions).durations;
  assert.equal(first, 5);
  assert.equal(others.length, 19);
});
