import assert from 'node:assert/strict';
import { test } from 'node:test';
import { item } from '../../test/support/scripted-handler.ts';
import type { ItemPreference } from '../model/item.ts';
import { gone, remembered, storedTick, ticked } from './preferences.ts';

const tick = (id: string, more: Partial<ItemPreference> = {}): ItemPreference => ({
  partnership: 'mail',
  item: id,
  trigger: 'connect',
  connection: null,
  checked: true,
  ...more,
});

test('A45 a tick is kept per item, trigger and connection', () => {
  const preferences = [tick('a'), tick('a', { connection: 'office', checked: false })];
  assert.equal(storedTick(preferences, 'a', 'connect'), true);
  assert.equal(storedTick(preferences, 'a', 'connect', 'office'), false);
  assert.equal(storedTick(preferences, 'a', 'connect', 'home'), true);
  assert.equal(storedTick(preferences, 'a', 'idle', 'office'), null);
  assert.equal(storedTick(preferences, 'b', 'connect', 'office'), null);
});

test('a program finds the ticks made by hand, unless there are some of its own', () => {
  const byHand = tick('a', { trigger: 'manual' });
  assert.equal(storedTick([byHand], 'a', 'invoke'), true);
  const own = tick('a', { trigger: 'invoke', checked: false });
  assert.equal(storedTick([byHand, own], 'a', 'invoke'), false);
  assert.equal(storedTick([own], 'a', 'manual'), null);
});

test('A5 defaults count for whoever takes part by itself, and else only ticks', () => {
  const items = [item('a'), item('b'), item('c', { checked: false })];
  const preferences = [tick('b'), tick('c')];
  const of = (byItself: boolean) =>
    ticked(items, preferences, 'connect', byItself).map((one) => one.ticked);
  assert.deepEqual(of(true), [true, true, true]);
  assert.deepEqual(of(false), [false, true, true]);
});

test('what a person confirmed is remembered for every item listed but temporary ones', () => {
  const items = [item('a'), item('b'), item('t', { temporary: true })];
  const stored = remembered('mail', items, new Set(['b', 't']), 'invoke');
  assert.deepEqual(
    stored.map((one) => [one.item, one.trigger, one.checked]),
    [
      ['a', 'manual', false],
      ['b', 'manual', true],
    ],
  );
});

test('ticks are forgotten once for each item that is gone', () => {
  const preferences = [tick('a'), tick('b'), tick('b', { trigger: 'idle' })];
  assert.deepEqual(gone(preferences, [item('a')]), ['b']);
});
