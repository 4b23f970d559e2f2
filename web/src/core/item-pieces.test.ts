import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShape } from '../data/shapes.ts';
import { withPieces } from './item-pieces.ts';

const item = (partnership: string, item: string) =>
  ({ partnership: { id: partnership, name: partnership }, item }) as unknown as ItemShape;

const keys = (items: readonly ItemShape[]) => items.map((one) => one.partnership.id + one.item);

test('the items of a partnership that was asked anew stand where they stood', () => {
  const all = [item('a', '1'), item('b', '1'), item('b', '2'), item('c', '1')];
  const pieces = new Map([['b', [item('b', '2'), item('b', '3')]]]);
  assert.deepEqual(keys(withPieces(all, pieces)), ['a1', 'b2', 'b3', 'c1']);
});

test('a partnership that is gone has none, and a new one comes at the end', () => {
  const all = [item('a', '1'), item('b', '1')];
  const pieces = new Map([
    ['a', []],
    ['z', [item('z', '1')]],
  ]);
  assert.deepEqual(keys(withPieces(all, pieces)), ['b1', 'z1']);
});
