import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  folding,
  link,
  plan,
  posix,
  row,
  said,
  same,
} from '../../../test/support/rows.ts';

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
  const rows = [row('a', A, B, A), row('b', B, A, B)];
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
