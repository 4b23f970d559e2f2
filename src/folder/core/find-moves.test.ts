import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  folding,
  inputOf,
  link,
  plan,
  posix,
  row,
  said,
  same,
} from '../../../test/support/rows.ts';
import type { Entry, Row } from './entry.ts';
import { findMoves } from './find-moves.ts';
import type { ReconcileInput } from './plan.ts';

const A = file('a', { inode: 11 });
const B = file('b', { inode: 12 });
const D = folder(20);

test('a renamed file is moved on the other side, and the baseline goes along', () => {
  const found = plan([row('a', A, absent, same), row('b', null, A, absent)]);
  assert.deepEqual(said(found), ['right move b from a']);
  const [move] = found.transitions;
  assert.deepEqual(
    move?.kind === 'move' && move.carries?.map(({ path, base }) => [path, base === null]),
    [
      ['a', true],
      ['b', false],
      ['b', false],
    ],
  );
});

test('a renamed folder is one move, whatever is in it', () => {
  const rows = [
    row('d', D, absent, same),
    row('d/a', A, absent, same),
    row('e', null, D, absent),
    row('e/a', null, A, absent),
  ];
  assert.deepEqual(said(plan(rows)), ['right move e from d']);
});

test('2a moved on one side and edited on the other: the edit at the new place', () => {
  const edited = file('edited', { inode: 11 });
  const there = plan([row('a', A, absent, edited), row('b', null, A, absent)]);
  assert.deepEqual(said(there), ['right move b from a', 'left update b']);
  const here = plan([row('a', A, absent, same), row('b', null, { ...edited }, absent)]);
  assert.deepEqual(said(here), ['right move b from a', 'right update b']);
});

test('2a moved to different places on both sides is a conflict over the place', () => {
  const rows = [row('a', A, absent, absent), row('b', null, A, absent), row('c', null, absent, A)];
  const found = plan(rows);
  assert.deepEqual(said(found), ['conflict place a']);
  assert.deepEqual(found.conflicts[0]?.places, { left: 'b', right: 'c' });
  assert.deepEqual(said(plan(rows, { conflictRule: 'left' })), ['right move b from c']);
  assert.deepEqual(said(plan(rows, { mode: 'two-way-resolved' })), ['right move b from c']);
});

test('moved to the same place on both sides is an agreement', () => {
  const found = plan([row('a', A, absent, absent), row('b', null, A, A)]);
  assert.deepEqual(new Set(said(found)), new Set(['forget a', 'agree b']));
});

test('two files that changed places go by way of a third', () => {
  const found = plan([row('a', A, B, same), row('b', B, A, same)]);
  const [aside, second, back] = found.transitions;
  assert.deepEqual(
    [aside, second, back].map((each) => each?.kind === 'move' && [each.from, each.path]),
    [
      ['b', aside?.path],
      ['a', 'b'],
      [aside?.path, 'a'],
    ],
  );
  assert.match(aside?.path ?? '', /^\.syncmgr\/trash\/aside-/);
  assert.equal(back?.kind === 'move' && back.via, aside?.path);
});

test('NM-01 a folder that moves into one called like itself makes room where names are folded', () => {
  const rows = [
    row('A', null, folder(30), absent),
    row('A/a', null, D, absent),
    row('a', D, absent, same),
  ];
  assert.deepEqual(said(plan(rows)), ['right create A', 'right move A/a from a']);
  const found = plan(rows, { abilities: { left: posix, right: folding } });
  const [aside, made, back] = found.transitions;
  assert.equal(aside?.kind === 'move' && aside.from, 'a');
  assert.equal(made?.path, 'A');
  assert.deepEqual(back?.kind === 'move' && [back.from, back.path], [aside?.path, 'A/a']);
});

test('a chain of renames is carried out from its free end', () => {
  const C = file('c', { inode: 13 });
  const rows = [
    row('1', A, absent, same),
    row('2', B, A, same),
    row('3', C, B, same),
    row('4', null, C, absent),
  ];
  assert.deepEqual(said(plan(rows)), [
    'right move 4 from 3',
    'right move 3 from 2',
    'right move 2 from 1',
  ]);
});

test('a chain of 20,000 renames does not exhaust the stack', () => {
  const name = (at: number) => String(at).padStart(6, '0');
  const node = (at: number) => file('x', { inode: at + 100 });
  const rows = Array.from({ length: 20_000 }, (_, at) =>
    row(
      name(at),
      at === 19_999 ? null : node(at),
      at === 0 ? absent : node(at - 1),
      at === 19_999 ? absent : same,
    ),
  );
  const found = plan(rows);
  assert.ok(found.transitions.every(({ kind }) => kind === 'move'));
});

test('a name that is taken on the other side is no target for a move', () => {
  const rows = [row('a', A, absent, same), row('b', null, A, file('other'))];
  assert.deepEqual(said(plan(rows)), ['right delete a', 'conflict edit-edit b']);
});

test('CC-07 moves that would form a ring of folders leave a tree with all content', () => {
  const one = folder(31);
  const two = folder(32);
  const rows = [
    row('a', one, absent, same),
    row('a/b', null, absent, two),
    row('b', two, same, absent),
    row('b/a', null, one, absent),
  ];
  const answers = said(plan(rows));
  assert.ok(
    !answers.some((each) => each.includes('delete') || each.includes('move')),
    answers.join(),
  );
});

test('a save that keeps the old file under another name does not carry the other edit off', () => {
  const rows = [
    row('a', A, file('new', { inode: 99 }), file('edit', { inode: 11 })),
    row('a~', null, A, absent),
  ];
  assert.deepEqual(said(plan(rows)), ['right create a~', 'conflict edit-edit a']);
});

test('two files that changed places are followed where the other side was looked at and is as it was', () => {
  const racy = (entry: Entry): Entry => ({
    ...entry,
    signature: { ...entry.signature, racy: true },
  });
  const [one, other] = [racy(A), racy(B)];
  const rows = [row('a', one, B, A), row('b', other, A, B)];
  assert.equal(said(plan(rows)).filter((each) => each.startsWith('right move')).length, 3);
});

test('what a folder above brings to its place is not moved there by itself', () => {
  const L = link('x', 30);
  const rows = [
    row('a', D, absent, absent),
    row('d', folder(21), same, same),
    row('d/b', L, D, absent),
    row('d/b/l', null, L, absent),
    row('e', null, absent, D),
    row('e/l', null, absent, L),
  ];
  const found = plan(rows, { conflictRule: 'left' });
  assert.deepEqual(said(found), ['right move d/b from e']);
  const [move] = found.transitions;
  assert.deepEqual(
    new Set(move?.kind === 'move' ? move.carries?.map(({ path }) => path) : []),
    new Set(['a', 'd/b', 'd/b/l']),
  );
});

test('NM-02 a rename in case alone is one move on every pairing, whatever the inode', () => {
  const again = file('a', { inode: 77 });
  for (const abilities of [
    { left: folding, right: posix },
    { left: posix, right: folding },
    { left: folding, right: folding },
  ]) {
    const rows = [row('A.txt', null, again, absent), row('a.txt', A, absent, same)];
    const [first] = said(plan(rows, { abilities }));
    assert.equal(first, 'right move A.txt from a.txt');
    assert.ok(!said(plan(rows, { abilities })).some((each) => each.includes('delete')));
  }
});

/** `a to b`; the side is that of whoever moved it. */
function found(rows: readonly Row[], more: Partial<ReconcileInput> = {}, stuck: string[] = []) {
  const { found: moves } = findMoves(rows, inputOf(rows, more), new Set(), new Set(stuck));
  return moves.map(({ side, from, to }) => `${side === 'left' ? '' : 'right '}${from} to ${to}`);
}

function renamed(from: string, to: string, entry: Entry, now = entry): readonly Row[] {
  return [row(from, entry, absent, same), row(to, null, now, absent)];
}

const foldingLeft = { abilities: { left: folding, right: posix } };

test('2a whose moves travel is a matter of the mode', () => {
  const rows = [...renamed('a', 'b', A), row('c', B, same, absent), row('d', null, absent, B)];
  const both = ['a to b', 'right c to d'];
  const answers = {
    'two-way-safe': both,
    'two-way-resolved': both,
    'one-way-safe': ['a to b'],
    'one-way-replica': ['a to b'],
    contribute: [],
  } as const;
  for (const [mode, answer] of Object.entries(answers)) {
    assert.deepEqual(found(rows, { mode: mode as keyof typeof answers }), answer, mode);
  }
});

test('a move is not found without a baseline to trust, nor where it could not be followed before', () => {
  const rows = [...renamed('a', 'b', A), ...renamed('c', 'd', B)];
  assert.deepEqual(found(rows, { baselineTrusted: false }), []);
  assert.deepEqual(found(rows, {}, ['a']), ['c to d']);
});

test('a second name for a file that is still there is no move', () => {
  const second = row('b', null, A, absent);
  assert.deepEqual(found([row('a', A, same, same), second]), []);
  assert.deepEqual(found([row('a', A, A, same), second]), []);
});

test('of two names for one inode none is known to be the one that moved', () => {
  const gone = (path: string) => row(path, A, absent, same);
  const made = (path: string) => row(path, null, A, absent);
  assert.deepEqual(found([gone('a'), gone('b'), made('c')]), []);
  assert.deepEqual(found([gone('a'), made('b'), made('c')]), []);
  // The other name was there before, and what has another content is no second place.
  assert.deepEqual(found([gone('a'), row('b', A, A, same), made('c')]), ['a to c']);
  const other = row('d/e', null, file('other', { inode: 11 }), absent);
  assert.deepEqual(found([gone('a'), made('c'), other]), ['a to c']);
  assert.deepEqual(found([gone('x/a'), other, made('e')]), ['x/a to e']);
});

test('where a disk has no inodes nothing moves by them, and the least of them is one', () => {
  assert.deepEqual(found(renamed('a', 'b', file('a', { inode: 0 }))), []);
  assert.deepEqual(found(renamed('a', 'b', file('a', { inode: 1 }))), ['a to b']);
});

test('the root moves nowhere and nothing becomes it', () => {
  const away = [row('', D, folder(99), same), row('a', A, absent, same)];
  const old = [row('old', null, D, absent), row('old/a', null, A, absent)];
  assert.deepEqual(found([...away, ...old]), ['a to old/a']);
  const up = [row('', folder(99), D, same), row('a', null, A, absent)];
  const formerly = [row('d', D, absent, same), row('d/a', A, absent, same)];
  assert.deepEqual(found([...up, ...formerly]), ['d/a to a']);
});

test('an inode that was given out again to something else is no move', () => {
  const L = link('x', 11);
  const cases: readonly (readonly [
    from: string,
    was: Entry,
    to: string,
    now: Entry,
    is: boolean,
  ])[] = [
    ['a', A, 'b', folder(11), false],
    ['a', L, 'b', A, false],
    ['a', L, 'b', link('y', 11), false],
    ['a', L, 'b', L, true],
    ['d/a', A, 'e/b', A, true],
    ['d/a', A, 'e/b', file('a', { inode: 11, timeMs: 5 }), false],
    ['d/a', A, 'e/b', file('as', { inode: 11 }), false],
    ['d/a', A, 'e/a', file('as', { inode: 11, timeMs: 5 }), true],
    ['d/a', A, 'd/b', file('as', { inode: 11, timeMs: 5 }), true],
  ];
  for (const [from, was, to, now, is] of cases) {
    assert.deepEqual(found(renamed(from, to, was, now)), is ? [`${from} to ${to}`] : [], to);
  }
  const edited = file('edit', { inode: 11 });
  const rows = [row('a', A, absent, edited), row('b', null, file('as', { inode: 11 }), absent)];
  assert.deepEqual(found(rows), []);
});

test('a folder is the same only if something in it came along under its name, or nothing could', () => {
  const empty = renamed('d', 'e', D);
  const inside = row('d/a', A, absent, same);
  assert.deepEqual(found(empty), ['d to e']);
  assert.deepEqual(found([...empty, row('d/a', null, absent, A)]), ['d to e']);
  assert.deepEqual(found([...empty, inside]), []);
  assert.deepEqual(found([...empty, inside, row('e/a', null, A, absent)]), ['d to e']);
  assert.deepEqual(found([...empty, inside, row('e/b', null, A, absent)]), ['d/a to e/b']);
  assert.deepEqual(found([...empty, inside, row('f/a', null, A, absent)]), ['d/a to f/a']);
});

test('NM-02 a name that differs in case alone is a move only where a disk takes both for one', () => {
  const again = file('a', { inode: 77 });
  assert.deepEqual(found(renamed('a.txt', 'A.txt', A, again)), []);
  const cases: readonly (readonly [says: string, rows: readonly Row[], answer: string[]])[] = [
    ['alone', renamed('a.txt', 'A.txt', A, again), ['a.txt to A.txt']],
    [
      'among others',
      [...renamed('a.txt', 'A.txt', A, again), row('c', null, B, absent)],
      ['a.txt to A.txt'],
    ],
    ['in another folder', renamed('x/a.txt', 'y/A.txt', A, again), []],
    ['of another kind', renamed('a.txt', 'A.txt', A, folder(77)), []],
    ['still there', [row('a.txt', A, same, same), row('A.txt', null, again, absent)], []],
    [
      'with another content, and edited on the other side',
      [row('a.txt', A, absent, file('edit', { inode: 11 })), row('A.txt', null, B, absent)],
      [],
    ],
    [
      'the name went to another',
      [row('a.txt', A, absent, same), ...renamed('z', 'A.txt', B)],
      ['z to A.txt'],
    ],
  ];
  for (const [says, rows, answer] of cases)
    assert.deepEqual(found(rows, foldingLeft), answer, says);
});
