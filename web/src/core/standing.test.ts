import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShape } from '../data/shapes.ts';
import { groupsOf } from './groups.ts';
import { gravity, standingOf, standingOfPhase } from './standing.ts';

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

test('each phase and each end has its word and its tone', () => {
  const told = (phase: string) => {
    const { tone, word } = standingOfPhase(phase as NonNullable<ItemShape['last']>);
    return `${tone} ${word}`;
  };
  assert.deepEqual(
    [
      ...['succeeded', 'partial', 'failed', 'stopped', 'halted', 'interrupted', 'declined'],
      ...['planned', 'opening', 'choosing', 'preparing', 'prepared', 'awaiting-approval'],
      ...['synchronizing', 'paused', 'stopping', 'one of tomorrow'],
    ].map(told),
    [
      ...['good In step', 'wait With problems', 'bad Failed', 'wait Stopped'],
      ...['wait Waits for you', 'bad Interrupted', 'quiet Nothing chosen', 'quiet Only planned'],
      ...['busy Begins', 'wait Waits for your choice', 'busy Looks', 'busy Prepared'],
      ...['wait Waits for approval', 'busy Synchronizes', 'wait Paused', 'busy Stops'],
      'quiet one of tomorrow',
    ],
  );
});

test('of all that is known of an item at rest the worst is told', () => {
  const since = '2026-01-01T00:00:00.000Z';
  const told = (change: Partial<ItemShape>) => {
    const { tone, word } = standingOf(item(change), null);
    return `${tone} ${word}`;
  };
  const error = { code: 'x', text: 'No.', retry: 'fatal' } as const;
  assert.equal(told({ error, enabled: false }), 'bad Cannot be listed');
  assert.equal(told({ enabled: false, openConflicts: 1 }), 'quiet Switched off');
  assert.equal(told({ waitingPlan: 'abc', openConflicts: 1 }), 'wait Waits for approval');
  assert.equal(told({ openConflicts: 1, last: 'failed' }), 'wait Conflicts');
  assert.equal(told({ last: null }), 'quiet Never run');
  assert.equal(told({ last: 'partial', staleSince: since }), 'wait With problems');
  assert.equal(told({ staleSince: since, paused: { until: null } }), 'wait Too long ago');
  assert.equal(told({ paused: { until: null } }), 'quiet Paused');
  assert.equal(told({}), 'good In step');
  assert.equal(standingOf(item(), 'failed').word, 'In step');
});

test('what is worst comes first, and what says nothing last', () => {
  const tones = Object.entries(gravity).toSorted(([, one], [, other]) => one - other);
  assert.deepEqual(
    tones.map(([tone]) => tone),
    ['bad', 'wait', 'busy', 'good', 'quiet'],
  );
  assert.deepEqual(
    tones.map(([, weight]) => weight),
    [0, 1, 2, 3, 4],
  );
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
