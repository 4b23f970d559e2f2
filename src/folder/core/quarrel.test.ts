import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder, link } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Entry } from './entry.ts';
import type { Outcome } from './outcome.ts';
import type { Transition } from './plan.ts';
import { afterRun, type CarriedByPath, parseCarried, quarrels } from './quarrel.ts';

const dayMs = 86_400_000;
const done: Outcome = { state: 'done', signature: null, bytes: 0 };

function update(path: string, source: Entry): Transition {
  const content = contentOf(source);
  return { kind: 'update', side: 'left', path, expected: file('x'), content, source, from: path };
}

const carried = (...states: readonly string[]): CarriedByPath => ({ a: { states, at: 0 } });

function run(
  before: CarriedByPath,
  transitions: readonly Transition[],
  { outcomes = transitions.map(() => done), now = 0, isForgiven = false } = {},
): CarriedByPath {
  return afterRun(before, transitions, outcomes, { now, isForgiven });
}

test('CC-03 the same two states in turn, twice, are a quarrel for a day', () => {
  const taken = carried('1', '2', '1', '2');
  assert.deepEqual([...quarrels(taken, dayMs)], ['a']);
  // A clock that was set back counts alike.
  assert.deepEqual([...quarrels(taken, -dayMs)], ['a']);
  for (const now of [dayMs + 1, -dayMs - 1]) assert.equal(quarrels(taken, now).size, 0);
  for (const states of [
    ['1', '2', '1'],
    ['1', '1', '1', '1'],
    ['1', '2', '3', '2'],
    ['1', '2', '1', '3'],
  ]) {
    assert.equal(quarrels(carried(...states), 0).size, 0, states.join());
  }
});

test('what is carried is remembered by what it is: size and time, target, or that it is gone', () => {
  const one = file('one', { timeMs: 7 });
  const after = run({}, [
    update('file', one),
    update('link', link('there')),
    { kind: 'delete', side: 'left', path: 'gone', expected: one },
    { kind: 'delete', side: 'left', path: 'folder', expected: folder() },
    update('new folder', folder()),
    { kind: 'move', side: 'left', path: 'b', from: 'a', expected: one },
  ]);
  assert.deepEqual(after, {
    file: { states: ['3 7'], at: 0 },
    link: { states: ['-> there'], at: 0 },
    gone: { states: ['gone'], at: 0 },
  });
});

test('of a path the last four states are remembered, and only what was done', () => {
  const again = run(carried('1', '2', '3', '4'), [update('a', link('b'))], { now: 9 });
  assert.deepEqual(again, { a: { states: ['2', '3', '4', '-> b'], at: 9 } });
  const failed: Outcome = { state: 'failed', code: 'folder-changed', reason: 'No.' };
  const outcomes: Outcome[] = [failed, { state: 'left' }];
  assert.deepEqual(run({}, [update('a', link('b')), update('b', link('b'))], { outcomes }), {});
});

test('what is older than a day is forgotten, and a quarrel when a person wants it tried again', () => {
  assert.deepEqual(run(carried('1'), [], { now: dayMs }), carried('1'));
  assert.deepEqual(run(carried('1'), [], { now: dayMs + 1 }), {});
  const quarrel = carried('1', '2', '1', '2');
  assert.deepEqual(run(quarrel, []), quarrel);
  assert.deepEqual(run(quarrel, [], { isForgiven: true }), {});
  assert.deepEqual(run(carried('1', '2'), [], { isForgiven: true }), carried('1', '2'));
});

test('of many paths 256 are remembered, the same ones each time, and the newest of all', () => {
  const many = Array.from({ length: 300 }, (_, at) => update(`f${at}`, link('b')));
  const first = run(carried('1'), many);
  assert.deepEqual(
    Object.keys(first),
    many.slice(0, 256).map(({ path }) => path),
  );
  assert.deepEqual(
    Object.keys(run(first, many.slice(256))).slice(-44),
    many.slice(256).map(({ path }) => path),
  );
});

test('of what was stored, what can be read is known again', () => {
  const known = carried('1', '2');
  assert.deepEqual(parseCarried(JSON.parse(JSON.stringify(known))), known);
  const { a } = known;
  const odd = {
    a: { ...a, more: 1 },
    b: null,
    c: { states: ['1'] },
    d: { at: 0 },
    e: { states: '1', at: 0 },
    f: { states: ['1', 2], at: 0 },
    g: { states: ['1'], at: '0' },
  };
  assert.deepEqual(parseCarried(odd), known);
  for (const value of [null, undefined, 'a', 7]) assert.deepEqual(parseCarried(value), {});
});
