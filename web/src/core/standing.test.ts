import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShape } from '../data/shapes.ts';
import { groupsOf } from './groups.ts';
import { standingOf } from './standing.ts';

const item = (change: Partial<ItemShape> = {}): ItemShape =>
  ({
    partnership: { id: 'p', name: 'documents' },
    handler: 'folder',
    item: 'folders',
    name: 'documents',
    enabled: true,
    adHoc: false,
    checked: true,
    last: 'succeeded',
    lastAttempt: null,
    lastSuccess: null,
    lastChange: null,
    nextRun: null,
    openConflicts: 0,
    waitingPlan: null,
    paused: null,
    staleSince: null,
    durationsMs: [],
    error: null,
    ...change,
  }) as ItemShape;

test('what runs now outranks how it ended last', () => {
  assert.equal(standingOf(item({ last: 'failed' }), 'synchronizing').word, 'Synchronizes');
  assert.equal(standingOf(item({ last: 'failed' }), null).word, 'Failed');
});

test('what waits for a person outranks a success', () => {
  assert.equal(standingOf(item({ openConflicts: 2 }), null).tone, 'wait');
  assert.equal(standingOf(item({ waitingPlan: 'abc' }), null).word, 'Waits for approval');
  assert.equal(standingOf(item({ enabled: false }), null).word, 'Switched off');
});

test('a success that is too long ago, or holds because it is paused, is not in step', () => {
  const since = '2026-01-01T00:00:00.000Z';
  assert.equal(standingOf(item({ staleSince: since }), null).tone, 'wait');
  assert.equal(standingOf(item({ paused: { until: null } }), null).word, 'Paused');
  assert.equal(standingOf(item({ paused: { until: null }, last: 'failed' }), null).word, 'Failed');
});

test('a group knows whether there is something to try again', () => {
  const [good] = groupsOf({ items: [item()], running: [] }, '');
  const [bad] = groupsOf(
    { items: [item(), item({ item: 'b', last: 'partial' })], running: [] },
    '',
  );
  assert.deepEqual([good?.failed, bad?.failed], [false, true]);
});

test('groups with trouble come first, and the search looks at every name', () => {
  const items = [
    item(),
    item({ partnership: { id: 'q', name: 'mail' }, name: 'inbox', last: 'failed' }),
  ];
  const facts = { items, running: [] };
  assert.deepEqual(
    groupsOf(facts, '').map(({ name }) => name),
    ['mail', 'documents'],
  );
  assert.deepEqual(
    groupsOf(facts, 'INBOX').map(({ name }) => name),
    ['mail'],
  );
  assert.deepEqual(groupsOf(facts, 'nothing'), []);
});
