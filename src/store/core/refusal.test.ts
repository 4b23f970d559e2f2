import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conflict } from '../../model/conflict.ts';
import { activePhases, endings } from '../../model/session.ts';
import { conflictRefusal, duplicate, sessionRefusal } from './refusal.ts';

const conflict = (more: Partial<Conflict> = {}): Conflict => ({
  id: 'c',
  partnership: 'mail',
  item: 'all',
  session: 's',
  subject: 'a.txt',
  kind: 'edit-edit',
  versions: [],
  state: 'open',
  openedAt: 0,
  resolvedAt: null,
  resolution: null,
  undo: null,
  version: 4,
  ...more,
});

test('a session can change until it has ended, and only if it is stored', () => {
  for (const phase of activePhases) assert.equal(sessionRefusal('s', phase), null, phase);
  for (const phase of endings) {
    const refusal = sessionRefusal('s', phase);
    assert.equal(refusal?.code, 'internal');
    assert.match(refusal?.message ?? '', /session s has ended and cannot change/);
  }
  const unknown = sessionRefusal('s', null);
  assert.equal(unknown?.code, 'internal');
  assert.match(unknown?.message ?? '', /session s is not stored/);
});

test('CC-06 a conflict is written only over the version that was read', () => {
  assert.equal(conflictRefusal(conflict(), { version: 3 }, false), null);
  assert.equal(conflictRefusal(conflict(), null, false), null);
  for (const version of [2, 4, 5]) {
    const refusal = conflictRefusal(conflict(), { version }, false);
    assert.equal(refusal?.code, 'conflict-stale');
    assert.match(refusal?.message ?? '', /a\.txt/);
  }
});

test('of one subject one conflict is open at a time', () => {
  assert.equal(conflictRefusal(conflict(), null, true)?.code, 'conflict-stale');
  for (const state of ['resolved', 'gone'] as const) {
    assert.equal(conflictRefusal(conflict({ state }), { version: 3 }, true), null);
  }
});

test('what is stored already is told by its kind and its name', () => {
  const refusal = duplicate('session', 's');
  assert.equal(refusal.code, 'internal');
  assert.match(refusal.message, /session s is stored already/);
});
