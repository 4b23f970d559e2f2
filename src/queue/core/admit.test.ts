import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Request } from '../../model/request.ts';
import { triggerKinds } from '../../model/trigger.ts';
import { mergeTarget } from './admit.ts';

const request = (id: string, more: Partial<Request> = {}): Request => ({
  id,
  trigger: 'change',
  interactive: false,
  connection: null,
  partnerships: ['mail', 'photos'],
  items: null,
  startNow: true,
  minimized: false,
  cookie: null,
  key: null,
  planOnly: false,
  approvedPlan: null,
  state: 'waiting',
  createdAt: 0,
  endedAt: null,
  mergedInto: null,
  ...more,
});

test('a request folds into a waiting one for the same partnerships and trigger', () => {
  const waiting = [request('first'), request('second')];
  const target = mergeTarget(request('new', { partnerships: ['photos', 'mail'] }), waiting);
  assert.equal(target?.id, 'first');
});

test('a request does not fold into one that differs', () => {
  const others: Partial<Request>[] = [
    { trigger: 'schedule' },
    { partnerships: ['mail'] },
    { partnerships: null },
    { interactive: true },
    { cookie: Uint8Array.of(1) },
    { key: 'k' },
    { items: ['a'] },
    { startNow: false },
    { planOnly: true },
    { approvedPlan: 'hash' },
  ];
  for (const other of others) {
    assert.equal(mergeTarget(request('new'), [request('other', other)]), null);
    assert.equal(mergeTarget(request('new', other), [request('other')]), null);
  }
  const all = request('all', { partnerships: null });
  assert.equal(mergeTarget(request('new', { partnerships: null }), [all]), all);
});

test('what any trigger but a person starts is folded', () => {
  for (const trigger of triggerKinds) {
    const isByHand = trigger === 'manual' || trigger === 'invoke';
    const other = request('other', { trigger });
    assert.equal(
      mergeTarget(request('new', { trigger }), [other]),
      isByHand ? null : other,
      trigger,
    );
  }
});

test('requests for other partnerships are not folded, though as many or some the same', () => {
  for (const partnerships of [
    ['mail', 'music'],
    ['music', 'films'],
    ['mail', 'photos', 'music'],
  ]) {
    assert.equal(mergeTarget(request('new', { partnerships }), [request('other')]), null);
  }
});

test('what was asked for by hand is never folded, not even into its like', () => {
  for (const trigger of ['manual', 'invoke'] as const) {
    const other = request('other', { trigger });
    assert.equal(mergeTarget(request('new', { trigger }), [other]), null);
  }
});
