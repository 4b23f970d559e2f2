import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Follow, ringOf } from './hooks.ts';

const after = (...names: string[]): readonly Follow[] =>
  names.map((partnership) => ({ partnership, when: 'succeeded' }));

test('a ring of partnerships that follow each other is found, a diamond is none', () => {
  const follows = new Map([
    ['a', after('b', 'c')],
    ['b', after('d')],
    ['c', after('d')],
    ['e', after('e')],
    ['x', after('y')],
    ['y', after('z', 'x')],
  ]);
  assert.equal(ringOf('a', follows), null);
  assert.deepEqual(ringOf('e', follows), ['e', 'e']);
  assert.deepEqual(ringOf('x', follows), ['x', 'y', 'x']);
  assert.equal(ringOf('unknown', follows), null);
});
