import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from './entry.ts';
import { movesLeftHalf, movesToUndo } from './half-moves.ts';
import type { Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import type { Move } from './plan.ts';
import { Transitions } from './transitions.ts';

const signed = (inode: number) => ({ mtimeMs: 1, ctimeMs: 2, inode });
const folder = (inode: number): Entry => ({
  kind: 'folder',
  mode: 0o755,
  signature: signed(inode),
});
const link = (target: string, inode: number): Entry => ({
  kind: 'link',
  target,
  signature: signed(inode),
});
const move = (from: string, path: string, expected: Entry, via?: string): Move => ({
  kind: 'move',
  side: 'right',
  from,
  path,
  expected,
  ...(via !== undefined && { via }),
});

const undone = (moves: readonly Move[], standing: Readonly<Record<string, Entry>>) =>
  movesToUndo(moves, (side, path) => (side === 'right' ? (standing[path] ?? null) : null)).map(
    ({ from, path }) => `${path} to ${from}`,
  );

const [one, two, three] = [folder(1), folder(2), folder(3)];
const ring = [
  move('a', 'via', one, 'via'),
  move('c', 'a', three),
  move('b', 'c', two),
  move('via', 'b', one, 'via'),
];

test('I18 of moves that were done, or not begun, nothing is undone', () => {
  assert.deepEqual(undone(ring, { a: one, b: two, c: three }), []);
  assert.deepEqual(undone(ring, { a: three, b: one, c: two }), []);
  assert.deepEqual(undone([move('x', 'y', one)], {}), []);
});

test('I18 what stands under both names of a move loses the new one', () => {
  assert.deepEqual(undone([move('x', 'y', one)], { x: one, y: one }), ['y to x']);
  assert.deepEqual(undone([move('x', 'y', one)], { x: one, y: two }), []);
  const linked = [move('x', 'y', link('there', 1))];
  assert.deepEqual(undone(linked, { x: link('there', 1), y: link('there', 9) }), ['y to x']);
  assert.deepEqual(undone(linked, { x: link('there', 1), y: link('elsewhere', 9) }), []);
  assert.deepEqual(undone(linked, { x: link('there', 7), y: link('there', 9) }), [], 'another one');
});

test('I18 what made room goes back, after whatever came to where it was', () => {
  assert.deepEqual(undone(ring, { via: one, b: two, c: three }), ['via to a']);
  assert.deepEqual(undone(ring, { a: three, via: one, b: two }), ['a to c', 'via to a']);
  assert.deepEqual(undone(ring, { a: three, via: one, c: two }), ['c to b', 'a to c', 'via to a']);
});

test('I18 a move of the way back that was cut off too is ended first', () => {
  assert.deepEqual(undone(ring, { a: three, via: one, b: one, c: two }), [
    'b to via',
    'c to b',
    'a to c',
    'via to a',
  ]);
  assert.deepEqual(undone(ring, { a: one, via: one, b: two, c: three }), ['via to a']);
});

test('I18 somebody else’s, where it was, stays there', () => {
  assert.deepEqual(undone(ring, { a: folder(9), via: one, b: two }), ['via to a']);
});

const done: Outcome = { state: 'done', signature: null, bytes: 0 };
const left: Outcome = { state: 'left' };
const leftHalf = (moves: readonly Move[], outcomes: readonly Outcome[]) =>
  movesLeftHalf(Transitions.of(moves), Outcomes.of(outcomes)).map(({ at }) => at);

test('FS-08 what made room for a move that did not come goes back, and what came to its place before', () => {
  assert.deepEqual(leftHalf(ring, [done, done, done, done]), []);
  assert.deepEqual(leftHalf(ring, [done, done, done, left]), [2, 1, 0]);
  assert.deepEqual(leftHalf(ring, [done, done, left, left]), [1, 0]);
  assert.deepEqual(leftHalf(ring, [done, left, left, left]), [0]);
  assert.deepEqual(leftHalf(ring, [left, left, left, left]), []);
  assert.deepEqual(leftHalf([move('a', 'b', one)], [done]), []);
});

test('FS-11 a move that was carried out and did not get to disk goes back like one that did, a failed one does not', () => {
  const failed: Outcome = { state: 'failed', code: 'folder-disk-failed', reason: 'it broke' };
  const unsure: Outcome = { ...failed, unsure: true };
  assert.deepEqual(leftHalf(ring, [unsure, unsure, failed, left]), [1, 0]);
  assert.deepEqual(leftHalf(ring, [done, unsure, unsure, failed]), [2, 1, 0]);
  assert.deepEqual(leftHalf(ring, [failed, left, left, left]), []);
  assert.deepEqual(leftHalf(ring, [unsure, unsure, unsure, unsure]), []);
});

test('I18 of two rings each is undone by its own moves, whatever is done on the other side', () => {
  const [four, five] = [folder(4), folder(5)];
  const other = [
    move('d', 'via2', four, 'via2'),
    move('e', 'd', five),
    move('via2', 'e', four, 'via2'),
  ];
  const both = [...ring, ...other];
  const standing = { via: one, b: two, c: three, via2: four, d: five };
  assert.deepEqual(undone(both, standing), ['d to e', 'via2 to d', 'via to a']);
  const onLeft = other.map((each): Move => ({ ...each, side: 'left' }));
  assert.deepEqual(undone([...ring, ...onLeft], { via2: four, d: five }), []);
  // Nothing comes back from there, so it was no half.
  assert.deepEqual(undone([move('f', 'trash', one, 'trash')], { trash: one }), []);
});
