import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Generations, type RootGeneration, type Trust, trustOf } from './trust.ts';

const root = (
  generation: number | null,
  identity: RootGeneration['identity'] = 'same',
): RootGeneration => ({ identity, generation });

/** The baseline, what is remembered beside it, and what each root carries. */
function trust(
  baseline: number | null,
  [generation, marked]: readonly [number, number] | readonly [],
  left: RootGeneration,
  right: RootGeneration = left,
): Trust {
  const pair = generation === undefined || marked === undefined ? null : { generation, marked };
  const generations: Generations = { baseline, pair, roots: { left, right } };
  return trustOf(generations);
}

test('the baseline is trusted while it, what is beside it and both roots agree', () => {
  assert.equal(trust(7, [7, 7], root(7)), 'trusted');
  // A run that was cut off between the two writes leaves either.
  assert.equal(trust(7, [8, 7], root(7), root(8)), 'trusted');
  assert.equal(trust(8, [8, 7], root(7)), 'trusted');
  // A root that cannot be marked carries none.
  assert.equal(trust(7, [7, 7], root(null)), 'trusted');
});

test('I21 without a memory it is the first time only where no root carries a mark', () => {
  assert.equal(trust(null, [], root(null, 'new')), 'first');
  assert.equal(trust(null, [], root(null)), 'first');
  assert.equal(trust(null, [], root(7), root(null)), 'lost-baseline');
  assert.equal(trust(null, [7, 7], root(null)), 'lost-baseline');
  assert.equal(trust(7, [], root(null)), 'lost-baseline');
  assert.equal(trust(null, [7, 7], root(7)), 'lost-baseline');
});

test('I22 DB-04 DB-05 a memory or a root out of a backup is told from the others', () => {
  assert.equal(trust(7, [7, 7], root(8), root(7)), 'older-baseline');
  assert.equal(trust(6, [7, 7], root(7)), 'lost-baseline');
  assert.equal(trust(9, [8, 7], root(7)), 'lost-baseline');
  assert.equal(trust(7, [7, 7], root(7), root(6)), 'older-roots');
});

test('FS-03 FS-04 FS-05 a root that is another one is never taken for the one that was agreed on', () => {
  for (const identity of ['unmarked', 'other'] as const) {
    assert.equal(trust(7, [7, 7], root(7), root(7, identity)), 'other-root');
    assert.equal(trust(null, [], root(null, identity), root(null)), 'other-root');
  }
  assert.equal(trust(7, [7, 7], root(null, 'new'), root(7)), 'other-root');
});
