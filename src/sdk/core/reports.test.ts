import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemStatus } from '../../model/item.ts';
import { WaitingReports } from './reports.ts';

interface Report {
  readonly status?: ItemStatus;
  readonly value?: number;
  readonly text?: string;
}

test('of a thousand reports of an item what travels is the newest of each thing said', () => {
  const waiting = new WaitingReports<Report>();
  waiting.add('b', { status: 'updating', text: 'first' });
  for (let value = 0; value < 1_000; value += 1) waiting.add('b', { value });
  waiting.add('a', { value: 1 });
  waiting.add('b', { text: 'last' });
  assert.deepEqual(waiting.take(), [
    ['b', { status: 'updating', value: 999, text: 'last' }],
    ['a', { value: 1 }],
  ]);
});

test('what was taken waits no more', () => {
  const waiting = new WaitingReports<Report>();
  assert.equal(waiting.isEmpty, true);
  waiting.add('a', { value: 1 });
  assert.equal(waiting.isEmpty, false);
  waiting.take();
  assert.equal(waiting.isEmpty, true);
  waiting.add('a', { text: 'new' });
  assert.deepEqual(waiting.take(), [['a', { text: 'new' }]]);
});

test('S1 an outcome stays, and only a failure found afterwards replaces it', () => {
  const after = (...statuses: readonly ItemStatus[]) => {
    const waiting = new WaitingReports<Report>();
    for (const status of statuses) waiting.add('a', { status });
    return waiting.take()[0]?.[1].status;
  };
  assert.equal(after('updating', 'succeeded'), 'succeeded');
  assert.equal(after('succeeded', 'updating'), 'succeeded');
  assert.equal(after('succeeded', 'failed'), 'failed');
  assert.equal(after('failed', 'succeeded'), 'failed');
});
