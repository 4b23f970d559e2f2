import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder, folding, posix } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Side } from './entry.ts';
import { inOrder } from './order.ts';
import type { Creation, Move, Transition } from './plan.ts';

const F = file('f');
const D = folder();
const noFolding = { left: posix, right: posix };

function move(path: string, from: string, side: Side = 'right'): Move {
  return { kind: 'move', side, path, from, expected: F, carries: [] };
}

/** A version that steps aside in a conflict: nothing is learned by it. */
function copy(path: string, from: string): Move {
  return { kind: 'move', side: 'right', path, from, expected: F };
}

function made(path: string, side: Side = 'right'): Creation {
  return { kind: 'create', side, path, content: contentOf(D), source: D, from: path };
}

/** `b from a`, `+ d`; `~` stands for a place in the trash, `*` for what was moved before. */
function told(transitions: readonly Transition[]): string[] {
  const short = (path: string) => path.replace(/^\.syncmgr\/trash\/aside-[^/]+/, '~');
  return transitions.map((each) => {
    const side = each.side === 'left' ? 'left ' : '';
    if (each.kind !== 'move') return `${side}+ ${each.path}`;
    const moved = each.moved === true ? ' *' : '';
    return `${side}${short(each.path)} from ${short(each.from)}${moved}`;
  });
}

function ordered(right: readonly Transition[], left: readonly Transition[] = []): string[] {
  return told(inOrder({ left, right }, noFolding));
}

test('a folder is made once, before all that moves into it, and what nothing waits for comes too', () => {
  assert.deepEqual(ordered([move('d/b', 'b'), move('d/a', 'a'), made('d'), made('e')]), [
    '+ d',
    'd/b from b',
    'd/a from a',
    '+ e',
  ]);
});

test('without a move the folders of the left are made first, then those of the right', () => {
  const all = [made('a', 'left'), made('a/b', 'left'), made('c')];
  assert.deepEqual(inOrder({ left: all.slice(0, 2), right: all.slice(2) }, noFolding), all);
});

test('the one of a ring that makes room waits in the trash, and both its halves name the place', () => {
  const [aside, second, back] = inOrder(
    { left: [], right: [move('a', 'b'), move('b', 'a')] },
    noFolding,
  );
  const via = aside?.path ?? '';
  assert.match(via, /^\.syncmgr\/trash\/aside-\w+$/);
  assert.deepEqual(aside, { ...move('a', 'b'), path: via, via });
  assert.deepEqual(second, move('b', 'a'));
  assert.deepEqual(back, { ...move('a', 'b'), from: via, via, moved: true });
});

test('two moves never make room at one place', () => {
  const ring = inOrder(
    { left: [], right: [move('a', 'b'), move('b', 'a'), move('c', 'd'), move('d', 'c')] },
    noFolding,
  );
  const places = ring.flatMap((each) => (each.kind === 'move' ? (each.via ?? []) : []));
  assert.equal(new Set(places).size, 2);
});

test('I9 who makes room does not depend on what the other side reads from a ring', () => {
  const ring = [move('a', 'b'), move('b', 'a')];
  const alone = ['~ from b', 'b from a', 'a from ~ *'];
  assert.deepEqual(ordered(ring), alone);
  assert.deepEqual(ordered(ring, [made('b/new', 'left')]), [...alone, 'left + b/new']);
});

test('a folder that moves into what takes its name makes room, and goes on from there', () => {
  assert.deepEqual(ordered([move('p', 'q'), move('p/z', 'p')]), [
    '~ from p',
    'p from q',
    'p/z from ~ *',
  ]);
});

test('a folder that is made before one leaves its folded name makes it go, and only where names fold', () => {
  const all = { left: [], right: [made('A'), move('A/a', 'a')] };
  assert.deepEqual(told(inOrder(all, noFolding)), ['+ A', 'A/a from a']);
  const found = inOrder(all, { left: posix, right: folding });
  assert.deepEqual(told(found), ['~ from a', '+ A', 'A/a from ~ *']);
  assert.deepEqual(told(inOrder(all, { left: folding, right: posix })), ['+ A', 'A/a from a']);
});

test('what leaves a folder is looked for where the folder is by then', () => {
  const cases: readonly (readonly [says: string, given: readonly Move[], answer: string[]])[] = [
    ['not moved yet', [move('b', 'a/x'), move('e', 'a')], ['b from a/x', 'e from a']],
    ['moved', [move('b', 'a'), move('c', 'a/x')], ['b from a', 'c from b/x']],
    [
      'to be moved out of one that was',
      [move('b', 'a'), move('c', 'a/d/x'), move('e', 'a/d')],
      ['b from a', 'c from b/d/x', 'e from b/d'],
    ],
    [
      'making room',
      [move('p', 'q'), move('p/b', 'p/c'), move('p/z', 'p')],
      ['~ from p', 'p from q', 'p/b from ~/c', 'p/z from ~ *'],
    ],
  ];
  for (const [says, given, answer] of cases) assert.deepEqual(ordered(given), answer, says);
});

test('what came along with a folder makes room for what takes its place there', () => {
  assert.deepEqual(ordered([move('e', 'd'), move('e/x', 'y'), move('z', 'd/x')]), [
    'e from d',
    'z from e/x',
    'e/x from y',
  ]);
});

test('a version that steps aside in a conflict does so after it was moved to the place', () => {
  const answer = ['x from y', 'x (2) from x *'];
  assert.deepEqual(ordered([move('x', 'y'), copy('x (2)', 'x')]), answer);
  assert.deepEqual(ordered([copy('x (2)', 'x'), move('x', 'y')]), answer);
  assert.deepEqual(ordered([copy('x (2)', 'x')]), ['x (2) from x']);
});

test('a folder takes the name of a version only when that stepped aside', () => {
  assert.deepEqual(ordered([move('p/f', 'g'), copy('p (2)', 'p'), made('p')]), [
    'p (2) from p',
    '+ p',
    'p/f from g',
  ]);
});

test('what is read on the other side is moved to where it is read first', () => {
  const left = [made('d/new', 'left'), move('d/new/f', 'f', 'left')];
  assert.deepEqual(ordered([move('d', 'c')], left), [
    'd from c',
    'left + d/new',
    'left d/new/f from f',
  ]);
});

test('a move reads nothing, so those of the left come before those of the right', () => {
  assert.deepEqual(ordered([move('d', 'c')], [move('d/f', 'f', 'left')]), [
    'left d/f from f',
    'd from c',
  ]);
});

test('a chain of 1,001 moves goes straight from its free end, a longer one is cut once', () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, at) => move(String(at + 1), String(at)));
  const straight = ordered(chain(1001));
  assert.deepEqual(straight, ordered(chain(1001).toReversed()));
  assert.equal(straight[0], '1001 from 1000');
  const cut = ordered(chain(1002));
  assert.deepEqual([cut[0], cut.length], ['~ from 1001', 1003]);
  assert.equal(cut.at(-1), '1002 from ~ *');
});
