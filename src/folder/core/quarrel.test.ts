import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, folder, link, posix, row, same } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Entry } from './entry.ts';
import type { Outcome } from './outcome.ts';
import type { Transition } from './plan.ts';
import {
  afterRun,
  type CarriedByPath,
  parseCarried,
  type Quarrel,
  quarrels,
  withoutQuarrels,
} from './quarrel.ts';

const dayMs = 86_400_000;
const done: Outcome = { state: 'done', signature: null, bytes: 0 };

function update(path: string, source: Entry): Transition {
  const content = contentOf(source);
  return { kind: 'update', side: 'left', path, expected: file('x'), content, source, from: path };
}

function dress(path: string, now: Entry): Transition {
  const content = contentOf(now);
  return { kind: 'metadata', side: 'left', path, expected: now, content, source: now };
}

const abilities = { left: posix, right: posix };
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
  assert.deepEqual([...quarrels(taken, dayMs)], [['a', 'content']]);
  // A clock that was set back counts alike.
  assert.deepEqual([...quarrels(taken, -dayMs)], [['a', 'content']]);
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

test('CC-04 two that exchange their names without end are a quarrel, at the fourth time', () => {
  const swap = (turn: number): Transition[] => {
    const [one, other] = turn % 2 === 0 ? [1, 2] : [2, 1];
    const entry = (inode: number) => file('x', { timeMs: inode });
    const via = '.syncmgr/trash/aside';
    return [
      { kind: 'move', side: 'left', path: via, from: 'a', expected: entry(one), via },
      { kind: 'move', side: 'left', path: 'a', from: 'b', expected: entry(other) },
      { kind: 'move', side: 'left', path: 'b', from: via, expected: entry(one), via },
    ];
  };
  let after: CarriedByPath = {};
  for (const turn of [0, 1, 2]) after = run(after, swap(turn));
  assert.equal(quarrels(after, 0).size, 0);
  after = run(after, swap(3));
  assert.deepEqual(
    new Map(quarrels(after, 0)),
    new Map([
      ['a', 'content'],
      ['b', 'content'],
    ]),
  );
  const always = Array(8).fill('gone');
  assert.equal(quarrels(carried(...always), 0).size, 0);
});

test('a file that is renamed to and fro is a quarrel at the eighth time only', () => {
  const rename = (turn: number): Transition => {
    const [from, path] = turn % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const);
    return { kind: 'move', side: 'left', path, from, expected: file('x') };
  };
  let after: CarriedByPath = {};
  for (let turn = 0; turn < 7; turn += 1) {
    after = run(after, [rename(turn)]);
    assert.equal(quarrels(after, 0).size, 0);
  }
  assert.equal(quarrels(run(after, [rename(7)]), 0).size, 2);
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
    { kind: 'move', side: 'left', path: 'd', from: 'c', expected: folder(9) },
    { kind: 'move', side: 'left', path: '.syncmgr/trash/aside', from: 'e', expected: one },
    dress('bare', file('one', { timeMs: 7, mode: 0o600 })),
    dress('locked', folder(1, 0o700)),
    dress('pointer', link('there')),
  ]);
  assert.deepEqual(after, {
    file: { states: ['3 7'], at: 0 },
    link: { states: ['-> there'], at: 0 },
    gone: { states: ['gone'], at: 0 },
    folder: { states: ['gone'], at: 0 },
    a: { states: ['moved away'], at: 0 },
    b: { states: ['moved 3 7'], at: 0 },
    c: { states: ['moved away'], at: 0 },
    d: { states: ['moved folder'], at: 0 },
    e: { states: ['moved away'], at: 0 },
    bare: { states: ['mode 384 7'], at: 0 },
    locked: { states: ['mode 448'], at: 0 },
  });
});

test('CC-04 an empty folder is remembered from when it went, one that holds something never', () => {
  const gone = { kind: 'delete', side: 'left', path: 'a', expected: folder() } as const;
  const inside = { kind: 'delete', side: 'left', path: 'a/b', expected: file('b') } as const;
  let after = run({}, [update('a', folder())]);
  assert.deepEqual(after, {});
  for (let turn = 0; turn < 6; turn += 1) {
    after = run(after, [turn % 2 === 0 ? gone : update('a', folder())]);
  }
  const six = ['gone', 'folder', 'gone', 'folder', 'gone', 'folder'];
  assert.deepEqual(after, carried(...six));
  assert.equal(quarrels(after, 0).size, 0);
  after = run(run(after, [gone]), [update('a', folder())]);
  assert.deepEqual([...quarrels(after, 0)], [['a', 'empty']]);
  assert.deepEqual(after, carried(...six, 'gone', 'folder'));
  assert.deepEqual(run(after, [gone]), carried(...six.slice(1), 'gone', 'folder', 'gone'));
  assert.deepEqual(Object.keys(run({}, [inside, gone])), ['a/b']);
  assert.deepEqual(run(carried('gone'), [update('a/b', file('b')), update('a', folder())]).a, {
    states: ['gone'],
    at: 0,
  });
});

const modes = { '1': 'mode 448', '2': 'mode 493' };

test('a quarrel over permissions leaves those alone, and nothing else', () => {
  const over = quarrels(carried(modes[1], modes[2], modes[1], modes[2]), 0);
  assert.deepEqual([...over], [['a', 'dress']]);
  assert.equal(quarrels(carried(modes[1], modes[2], modes[1], '7'), 0).size, 0);
  const [open, shut] = [folder(1, 0o755), folder(1, 0o700)];
  const rows = [row('a', open, shut, same), row('a/b', null, file('b'), absent)];
  const left = withoutQuarrels(rows, over, abilities);
  assert.deepEqual(
    left.rows.map((each) => [each.left.state, each.right.state]),
    [
      ['same', 'same'],
      ['present', 'absent'],
    ],
  );
  assert.deepEqual(
    left.problems.map(({ path, code }) => [path, code]),
    [['a', 'folder-quarrel']],
  );
  for (const other of [row('a', open, absent, same), row('a', null, open, shut)]) {
    assert.deepEqual(withoutQuarrels([other], over, abilities).rows.at(0), other);
  }
  assert.deepEqual(withoutQuarrels([row('a', open, same, same)], over, abilities).problems, []);
});

test('a quarrel over a folder ends when there is something in it, one over a file does not', () => {
  const rows = [row('a', null, folder(), absent), row('a/b', null, file('b'), absent)];
  const states = (over: ReadonlyMap<string, Quarrel>, some = rows) =>
    withoutQuarrels(some, over, abilities).rows.map(({ left }) => left.state);
  assert.deepEqual(states(new Map([['a', 'empty']])), ['present', 'present']);
  assert.deepEqual(states(new Map([['a', 'empty']]), rows.slice(0, 1)), ['unknown']);
  assert.deepEqual(states(new Map([['a', 'content']])), ['unknown', 'present']);
  assert.deepEqual(withoutQuarrels(rows, new Map(), abilities), { rows, problems: [] });
});

test('of a path the last eight states are remembered, and only what was done', () => {
  const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];
  const again = run(carried(...eight), [update('a', link('b'))], { now: 9 });
  assert.deepEqual(again, { a: { states: [...eight.slice(1), '-> b'], at: 9 } });
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
