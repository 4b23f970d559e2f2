// Each mode by what it promises, over every pair of changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from './change.ts';
import { decide, type Verdict } from './decide.ts';
import { modes } from './plan.ts';

const changes: readonly Change[] = ['none', 'new', 'gone', 'touched', 'mode', 'edited'];
const known: readonly Change[] = changes.filter((change) => change !== 'none' && change !== 'new');
const pairs = changes.flatMap((left) => changes.map((right) => [left, right] as const));
const twoWay = ['two-way-safe', 'two-way-resolved'] as const;

/** `new` says that there was no baseline, the others of `known` that there was one. */
const cannotBe = (left: Change, right: Change) =>
  (left === 'new' && known.includes(right)) || (right === 'new' && known.includes(left));

const possible = pairs.filter(([left, right]) => !cannotBe(left, right));

test('where nothing happened nothing is done, and what is gone on both sides is forgotten', () => {
  for (const mode of modes) {
    assert.equal(decide(mode, 'none', 'none'), 'settled', mode);
    assert.equal(decide(mode, 'gone', 'gone'), 'forget', mode);
  }
});

test('both ways, what one side alone changed goes to the other', () => {
  for (const mode of twoWay) {
    for (const change of changes.slice(1)) {
      assert.equal(decide(mode, change, 'none'), 'right', change);
      assert.equal(decide(mode, 'none', change), 'left', change);
    }
  }
});

test('both ways, neither side is preferred', () => {
  const mirrored: Partial<Record<Verdict, Verdict>> = {
    left: 'right',
    right: 'left',
    'restore-left': 'restore-right',
    'restore-right': 'restore-left',
  };
  for (const mode of twoWay) {
    for (const [left, right] of pairs) {
      const verdict = decide(mode, left, right);
      assert.equal(decide(mode, right, left), mirrored[verdict] ?? verdict, `${left} ${right}`);
    }
  }
});

test('both ways, an edit or other permissions beat a deletion, and another time alone does not', () => {
  for (const mode of twoWay) {
    const beside = (change: Change) => decide(mode, change, 'gone');
    assert.deepEqual(
      ['edited', 'mode', 'touched'].map((one) => beside(one as Change)),
      ['restore-right', 'restore-right', 'left'],
    );
  }
});

test('I10 both ways, what both sides changed is compared', () => {
  const there = known.filter((change) => change !== 'gone');
  for (const mode of twoWay) {
    assert.equal(decide(mode, 'new', 'new'), 'merge');
    for (const left of there) {
      for (const right of there) assert.equal(decide(mode, left, right), 'merge');
    }
  }
});

test('I5 one way, nothing is ever brought to the left', () => {
  for (const mode of ['one-way-safe', 'one-way-replica', 'contribute'] as const) {
    for (const [left, right] of pairs) {
      const verdict = decide(mode, left, right);
      assert.ok(verdict !== 'left' && verdict !== 'restore-left', `${mode} ${left} ${right}`);
    }
  }
});

test('a replica becomes as the left is, whatever happened', () => {
  for (const [left, right] of pairs) {
    const isAlike = left === right && (left === 'none' || left === 'gone');
    if (!isAlike) assert.equal(decide('one-way-replica', left, right), 'right');
  }
});

test('one way and safe, what the right changed stays, and what it only deleted comes back', () => {
  const mode = 'one-way-safe';
  for (const change of ['new', 'touched', 'mode', 'edited'] as const) {
    assert.equal(decide(mode, 'none', change), 'leave', change);
  }
  for (const change of ['none', 'touched', 'mode', 'edited'] as const) {
    assert.equal(decide(mode, change, 'gone'), 'restore-right', change);
  }
  for (const change of ['touched', 'mode', 'gone'] as const) {
    assert.equal(decide(mode, change, 'edited'), 'leave', change);
  }
  assert.equal(decide(mode, 'gone', 'mode'), 'leave');
  assert.equal(decide(mode, 'touched', 'mode'), 'leave');
});

test('one way and safe, what the left changed goes over where the right has no edit of its own', () => {
  const mode = 'one-way-safe';
  for (const change of changes.slice(1)) assert.equal(decide(mode, change, 'none'), 'right');
  for (const right of ['touched', 'mode'] as const) {
    for (const left of ['mode', 'edited'] as const)
      assert.equal(decide(mode, left, right), 'right');
  }
  assert.equal(decide(mode, 'gone', 'touched'), 'right');
  for (const both of ['new', 'touched', 'edited'] as const) {
    assert.equal(decide(mode, both, both), 'merge');
  }
});

test('to contribute, only what is new goes over, and nothing there is changed or deleted', () => {
  for (const [left, right] of possible) {
    const verdict = decide('contribute', left, right);
    if (left === 'new' && right === 'none') assert.equal(verdict, 'right');
    else if (left === right && (left === 'new' || left === 'edited'))
      assert.equal(verdict, 'merge');
    else if (left !== right || (left !== 'none' && left !== 'gone')) assert.equal(verdict, 'leave');
  }
});

test('what cannot be is left alone', () => {
  for (const mode of modes) {
    if (mode === 'one-way-replica') continue;
    for (const [left, right] of pairs) {
      if (cannotBe(left, right)) assert.equal(decide(mode, left, right), 'leave');
    }
  }
});
