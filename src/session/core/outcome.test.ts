import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemStatus } from '../../model/item.ts';
import { answerFor, itemResult, nextStatus, verdict } from './outcome.ts';

const item = {
  id: 'a',
  name: 'A',
  checked: true,
  hasProperties: false,
  temporary: false,
  lastUpdate: null,
};
const error = { code: 'x', text: 'x', retry: 'temporary' } as const;
const result = (
  status: ItemStatus,
  completion: 'done' | 'failed' | 'never-begun' | 'withheld',
  { skipWanted = false, stopWanted = false } = {},
) => itemResult({ item, status, skipWanted }, { completion, stopWanted, error });

test('A23 a final status stands; the rest follows the completion', () => {
  assert.equal(result('failed', 'done').status, 'failed');
  assert.equal(result('succeeded', 'failed').status, 'succeeded');
  assert.equal(result('updating', 'done').status, 'succeeded');
  assert.equal(result('updating', 'failed').status, 'failed');
  assert.deepEqual(result('pending', 'never-begun').error, error);
  assert.equal(result('pending', 'withheld').status, 'skipped');
});

test('S4 S13 what was deleted as asked for is as well done as what succeeded', () => {
  assert.equal(result('deleted', 'done', { skipWanted: true }).finishedBeforeSkip, true);
  const clean = { completion: 'done', problems: 0, conflicts: 0 } as const;
  assert.equal(verdict([result('deleted', 'done')], clean), 'succeed');
});

test('only a failed item has an error, and of items none of which did well one that failed is enough', () => {
  assert.equal(result('updating', 'done').error, null);
  assert.equal(result('updating', 'failed', { stopWanted: true }).error, null);
  const clean = { completion: 'done', problems: 0, conflicts: 0 } as const;
  assert.equal(verdict([result('skipped', 'done'), result('failed', 'done')], clean), 'fail');
});

test('S4 an accepted skip ends as skipped, or as done with a flag', () => {
  assert.equal(result('updating', 'done', { skipWanted: true }).status, 'skipped');
  assert.equal(result('updating', 'failed', { skipWanted: true }).status, 'skipped');
  const late = result('succeeded', 'done', { skipWanted: true });
  assert.deepEqual([late.status, late.finishedBeforeSkip], ['succeeded', true]);
  assert.equal(result('succeeded', 'done').finishedBeforeSkip, false);
});

test('A24 after a stop what has no outcome was stopped', () => {
  assert.equal(result('updating', 'done', { stopWanted: true }).status, 'stopped');
  assert.equal(result('updating', 'failed', { stopWanted: true }).status, 'stopped');
  assert.equal(result('succeeded', 'done', { stopWanted: true }).status, 'succeeded');
});

test('S1 an end state changes no more, except that a failure may be found afterwards', () => {
  assert.equal(nextStatus('succeeded', 'updating'), 'succeeded');
  assert.equal(nextStatus('skipped', 'succeeded'), 'skipped');
  assert.equal(nextStatus('succeeded', 'failed'), 'failed');
  assert.equal(nextStatus('failed', 'succeeded'), 'failed');
  assert.equal(nextStatus('updating', 'paused'), 'paused');
});

test('A32 answers are given each time, and all outranks one', () => {
  const fate = { skipWanted: true };
  const facts = { detached: false, stopWanted: false, fate };
  assert.equal(answerFor(facts), 'skip');
  assert.equal(answerFor({ ...facts, stopWanted: true }), 'stop');
  assert.equal(answerFor({ ...facts, fate: { skipWanted: false } }), 'continue');
  assert.equal(answerFor({ ...facts, fate: undefined }), 'unknown-item');
  assert.equal(answerFor({ ...facts, detached: true }), 'detached');
});

test('S13 one failed item, problem or open conflict is enough not to succeed', () => {
  const [good, bad] = [result('succeeded', 'done'), result('failed', 'done')];
  const clean = { completion: 'done', problems: 0, conflicts: 0 } as const;
  assert.equal(verdict([good, good], clean), 'succeed');
  assert.equal(verdict([good, bad], clean), 'fall-short');
  assert.equal(verdict([bad, bad], clean), 'fail');
  assert.equal(verdict([good], { ...clean, problems: 1 }), 'fall-short');
  assert.equal(verdict([good], { ...clean, conflicts: 1 }), 'fall-short');
  assert.equal(verdict([result('skipped', 'done')], clean), 'fall-short');
  assert.equal(verdict([good], { ...clean, completion: 'failed' }), 'fall-short');
  assert.equal(verdict([], { ...clean, completion: 'failed' }), 'fail');
});
