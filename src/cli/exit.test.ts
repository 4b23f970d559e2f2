import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCatalogue } from '../model/catalogue.ts';
import type { ErrorRecord, RetryClass } from '../model/error.ts';
import type { Ending, SessionResult } from '../model/session.ts';
import { exitCodes, outcomeOf, outcomeOfSessions } from './exit.ts';

const result = (ending: Ending, more: Partial<SessionResult> = {}): SessionResult => ({
  ending,
  items: [],
  counts: {},
  bytes: 0,
  problems: 0,
  conflicts: 0,
  error: null,
  ...more,
});
const error = (retry: RetryClass): ErrorRecord => ({ code: 'x', text: 'x', retry });
const failed = (retry: RetryClass) => result('failed', { error: error(retry) });
const failedItem = { item: 'i', name: 'i', status: 'failed', finishedBeforeSkip: false } as const;
const codeOf = (...results: SessionResult[]) => exitCodes[outcomeOfSessions(results)];

test('the exit codes are those of the manual', () => {
  assert.deepEqual(exitCodes, {
    ok: 0,
    'some-failed': 1,
    usage: 2,
    unreachable: 3,
    'needs-person': 4,
    temporary: 5,
    problems: 6,
    fatal: 7,
    'transfer-limit': 8,
    'nothing-to-do': 9,
    'time-limit': 10,
    interrupted: 130,
  });
});

test('one session ends with the code of its ending', () => {
  assert.equal(codeOf(result('succeeded')), 0);
  assert.equal(codeOf(result('declined')), 0);
  assert.equal(codeOf(result('planned')), 0);
  assert.equal(codeOf(result('succeeded', { problems: 1 })), 6);
  assert.equal(codeOf(result('partial', { problems: 1 })), 6);
  assert.equal(codeOf(result('partial', { conflicts: 1, problems: 1 })), 4);
  assert.equal(codeOf(result('partial', { items: [{ ...failedItem, error: null }] })), 1);
  assert.equal(codeOf(result('halted')), 4);
  assert.equal(codeOf(result('stopped')), 130);
  assert.equal(codeOf(result('interrupted')), 130);
});

test('a failure ends with the code of who can help', () => {
  assert.equal(codeOf(failed('temporary')), 5);
  assert.equal(codeOf(failed('needs-person')), 4);
  assert.equal(codeOf(failed('auth')), 4);
  assert.equal(codeOf(failed('quota')), 4);
  assert.equal(codeOf(failed('fatal')), 7);
  const byItem = result('failed', { items: [{ ...failedItem, error: error('temporary') }] });
  assert.equal(codeOf(byItem), 5);
});

test('of several sessions the gravest speaks, and a mixture of good and bad is 1', () => {
  assert.equal(codeOf(result('succeeded'), failed('temporary')), 1);
  assert.equal(codeOf(failed('temporary'), failed('temporary')), 5);
  assert.equal(codeOf(failed('temporary'), failed('fatal')), 7);
  assert.equal(codeOf(result('succeeded'), result('halted')), 4);
  assert.equal(codeOf(result('halted'), result('partial', { problems: 1 })), 4);
  assert.equal(codeOf(result('stopped'), failed('fatal')), 130);
});

test('nothing to do is an error only for those who asked for that', () => {
  const changed = result('succeeded', { counts: { 'right.create': 1 } });
  assert.equal(outcomeOfSessions([result('succeeded')], true), 'nothing-to-do');
  assert.equal(outcomeOfSessions([result('succeeded')], false), 'ok');
  assert.equal(outcomeOfSessions([result('succeeded'), changed], true), 'ok');
});

test('every error of the catalogue has an exit code', () => {
  for (const [code, { retry }] of Object.entries(errorCatalogue)) {
    const outcome = outcomeOf({ code, text: '', retry });
    assert.ok(exitCodes[outcome] > 0, code);
  }
  const broken = { code: 'configuration-broken', text: '', retry: 'needs-person' } as const;
  assert.equal(outcomeOf(broken), 'usage');
});
