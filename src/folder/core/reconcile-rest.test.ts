// What reconcile holds together beside the verdict over a path: see reconcile.test.ts for those.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  base,
  file,
  folder,
  link,
  plan,
  posix,
  row,
  said,
  same,
} from '../../../test/support/rows.ts';
import type { BaseEntry, Entry, Row, Signature } from './entry.ts';

const B = file('b', { inode: 12 });
const X = file('xx');
const Y = file('yyy', { timeMs: Date.UTC(2026, 10, 20, 10, 15, 3) });
const D = folder(10);
const known = file('b', { digest: 'b' });

function signed(entry: Entry, words: Partial<Signature>): Entry {
  return { ...entry, signature: { ...entry.signature, ...words } };
}

test('a move to a name that the other side cannot hold is not followed, and one beside it is', () => {
  const rows = [
    row('a', B, absent, same),
    row('a-long', null, B, absent),
    row('c', X, absent, same),
    row('d', null, X, absent),
  ];
  const abilities = { left: posix, right: { ...posix, nameBytesMax: 4 } };
  const found = plan(rows, { abilities });
  const moved = said(found).filter((each) => each.includes('move'));
  assert.deepEqual(moved, ['right move d from c']);
  assert.deepEqual(
    found.problems.map(({ path, code }) => [path, code]),
    [['a-long', 'folder-name-too-long']],
  );
  assert.equal(found.waits, true);
});

test('who waits for the name of a thing that cannot move there moves not either', () => {
  const rows = [row('a', B, X, same), row('a-long', null, B, absent), row('c', X, absent, same)];
  const abilities = { left: posix, right: { ...posix, nameBytesMax: 4 } };
  assert.deepEqual(said(plan(rows)), ['right move a-long from a', 'right move a from c']);
  assert.deepEqual(said(plan(rows, { abilities })), [
    'right update a',
    'right delete c',
    'problem folder-name-too-long a-long',
  ]);
});

test('a folder whose name cannot be held brings nothing that is in it either', () => {
  const rows = [row('d-long', null, D, absent), row('d-long/a', null, B, absent)];
  const abilities = { left: posix, right: { ...posix, nameBytesMax: 4 } };
  assert.deepEqual(said(plan(rows, { abilities })), ['problem folder-name-too-long d-long']);
});

test('I18 what may be the work of a run that was cut off is forgotten, and nothing is made of it', () => {
  const rows = [row('a', B, same, X), row('b', B, same, X)];
  const unfinished = { left: new Set<string>(), right: new Set(['a']) };
  assert.deepEqual(said(plan(rows, { unfinished })), [
    'left update b',
    'forget a',
    'conflict edit-edit a',
  ]);
});

test('without a trusted baseline only what is gone on both sides is forgotten', () => {
  const rows = [
    row('a', B, X, absent),
    row('b', B, absent, Y),
    row('c', B, absent, absent),
    row('d', null, absent, absent),
  ];
  assert.deepEqual(said(plan(rows, { baselineTrusted: false })), [
    'right create a',
    'left create b',
    'forget c',
  ]);
});

test('a copy has a name that neither a row nor what nothing happened to has, on either side', () => {
  const named = (again: string) => `p (conflict right 2026-11-20 10.15.03${again})`;
  const copyOf = (rows: readonly Row[], held: string | null = null, on = 'left') =>
    plan([row('p', B, X, Y), ...rows], {
      conflictRule: 'copy',
      heldOn: (side, path) => (side === on && path === held ? path : null),
    }).resolved?.[0]?.copy;
  const taken = row(named(''), null, absent, X);
  assert.equal(copyOf([]), named(''));
  assert.equal(copyOf([taken]), named(' 2'));
  assert.equal(copyOf([], named(''), 'left'), named(' 2'));
  assert.equal(copyOf([], named(''), 'right'), named(' 2'));
  assert.equal(copyOf([taken], named(' 2')), named(' 3'));
});

test('a move tells the baseline what is forgotten where it began, unless another thing comes there', () => {
  const carried = (rows: readonly Row[]) =>
    plan(rows).transitions.map((each) => [
      each.path,
      each.kind === 'move'
        ? each.carries?.map(({ path, base: now }) => (now === null ? `-${path}` : path))
        : each.kind,
    ]);
  const away = row('a', X, absent, same);
  const there = row('b', null, X, absent);
  assert.deepEqual(carried([away, there]), [['b', ['-a', 'b', 'b']]]);
  // What is new there was never agreed on.
  assert.deepEqual(carried([row('a', X, B, same), there]), [
    ['b', ['-a', 'b', 'b']],
    ['a', 'create'],
  ]);
  const chain = [row('1', B, absent, same), row('2', X, B, same), row('3', null, X, absent)];
  assert.deepEqual(carried(chain), [
    ['3', ['3', '3']],
    ['2', ['-1', '2', '2']],
  ]);
});

test('where a file must wait for a folder nothing is made in the folder', () => {
  const rows = [row('d', D, same, X), row('d/n', null, Y, absent)];
  const found = plan(rows, { mode: 'contribute' });
  assert.deepEqual([said(found), found.waits], [[], true]);
  const settled = plan([row('d', D, same, same)], { mode: 'contribute' });
  assert.deepEqual([said(settled), settled.waits], [[], false]);
});

/** What is agreed on of a path at which nothing happened but to signatures. */
function settled(was: BaseEntry, left: Entry, right: Entry): BaseEntry | null | undefined {
  const { transitions, agreements } = plan([{ ...row('p', null, left, right), base: was }]);
  assert.deepEqual(transitions, []);
  assert.ok(agreements.length < 2);
  return agreements[0]?.base;
}

test('each sign that moved by itself is agreed on anew, of either side, and nothing else is', () => {
  const was = { ...base(D), left: { ...D.signature, racy: true } } as const;
  const cases: readonly (readonly [BaseEntry, Partial<Signature>])[] = [
    [base(D), { mtimeMs: 7 }],
    [base(D), { ctimeMs: 7 }],
    [base(D), { inode: 7 }],
    [was, {}],
  ];
  for (const [before, words] of cases) {
    const now = signed(D, words);
    assert.deepEqual(settled(before, now, D), { ...base(D), left: now.signature });
    const mirrored = { ...before, left: before.right, right: before.left };
    assert.deepEqual(settled(mirrored, D, now), { ...base(D), right: now.signature });
  }
  assert.equal(settled(base(D), D, D), undefined);
  const L = link('t', 5);
  const moved = signed(L, { ctimeMs: 7 });
  assert.deepEqual(settled(base(L), L, moved), { ...base(L), right: moved.signature });
});

test('what the bytes turned out to be is agreed on as well, whichever side was read', () => {
  const read = signed(known, { ctimeMs: 7 });
  const unread = file('b');
  const agreed = { content: base(known).content, left: read.signature, right: unread.signature };
  assert.deepEqual(settled(base(unread), read, known), agreed);
  assert.deepEqual(settled(base(known), read, unread), agreed);
  assert.deepEqual(settled(base(known), unread, read), {
    ...agreed,
    left: unread.signature,
    right: read.signature,
  });
});

test('a person is told of each file that came back, by the side that had deleted it', () => {
  const rows = [
    row('a', B, X, absent),
    row('b', B, absent, Y),
    row('c', B, absent, same),
    row('d', D, folder(10, 0o700), absent),
  ];
  const text = (lost: string, kept: string) =>
    `Deleted on the ${lost}, but not without change on the ${kept}: it is back.`;
  assert.deepEqual(plan(rows).remarks, [
    { path: 'a', text: text('right', 'left') },
    { path: 'b', text: text('left', 'right') },
  ]);
});
