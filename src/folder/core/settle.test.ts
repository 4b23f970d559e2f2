import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, base, file, folder, plan, row, same } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { BaseEntry, Entry, Side, Signature } from './entry.ts';
import type { Done, Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import type { Agreement, Creation, Deletion, MetadataChange, Move, Replacement } from './plan.ts';
import { movesOf, placeBefore, renewed, renewRestored, settle, settleLate } from './settle.ts';
import { Transitions } from './transitions.ts';

const A = file('a', { inode: 11 });
const B = file('b', { inode: 12 });
const done: Outcome = { state: 'done', signature: A.signature, bytes: 0 };
const failed: Outcome = { state: 'failed', code: 'folder-target-appeared', reason: '' };

/** By way of a third: b aside, a to b, and what stepped aside to a. */
const ring = plan([row('a', A, B, same), row('b', B, A, same)]);

function settled(outcomes: readonly Outcome[]) {
  return new Map(settle(ring.transitions, outcomes, ring.agreements));
}

test('where a move left and nothing came as planned, nothing is agreed on', () => {
  assert.equal(settled([done, failed, failed]).get('b'), null);
  const after = settled([done, done, failed]);
  assert.equal(after.get('a'), null);
  assert.notEqual(after.get('b'), null);
});

test('what went back where it was is agreed on as before', () => {
  const returned = { state: 'returned', restored: A.signature } as const;
  assert.equal(settled([returned, failed, failed]).size, 0);
  assert.equal(settled([done, done, done]).get('a')?.content.kind, 'file');
});

test('a move that failed leaves the places of a chain before it alone', () => {
  const chain = plan([row('1', A, absent, same), row('2', B, A, same), row('3', null, B, absent)]);
  const after = settle(chain.transitions, [done, failed], chain.agreements);
  assert.deepEqual([after.get('2'), after.has('1')], [null, false]);
});

test('I7 what was put back keeps what was agreed on, with the change time that this made', () => {
  const edited = plan([row('a', A, B, same)]);
  const restored = { mtimeMs: 1, ctimeMs: 77, inode: 1 };
  const after = (base: BaseEntry | null) => {
    const changes = new Map<string, BaseEntry | null>();
    const outcomes = Outcomes.of([{ ...failed, restored }]);
    renewRestored(changes, Transitions.of(edited.transitions), outcomes, () => base);
    return changes;
  };
  const base = row('a', A, B, same).base as BaseEntry;
  assert.deepEqual(after(base), new Map([['a', { ...base, right: restored }]]));
  assert.equal(after(null).size, 0);
  assert.equal(after({ ...base, right: { ...base.right, ctimeMs: 5 } }).size, 0);
});

const now: Signature = { mtimeMs: 71, ctimeMs: 72, inode: 73 };
const later: Signature = { mtimeMs: 81, ctimeMs: 82, inode: 83 };
const nothing = new Map<string, BaseEntry | null>();

function did(signature: Signature | null, read?: Done['read']): Done {
  return { state: 'done', signature, bytes: 0, ...(read && { read }) };
}

function create(path: string, source: Entry, side: Side = 'right', from = path): Creation {
  return { kind: 'create', side, path, source, content: contentOf(source), from };
}

function update(side: Side, mode: number): Replacement {
  const content = { ...contentOf(file('a', { mode })) };
  return { kind: 'update', side, path: 'p', expected: B, source: A, content, from: 'p' };
}

function metadata(side: Side, mode: number): MetadataChange {
  const content = { ...contentOf(file('a', { mode })) };
  return { kind: 'metadata', side, path: 'p', expected: B, source: A, content };
}

function deletion(path: string, side: Side = 'right'): Deletion {
  return { kind: 'delete', side, path, expected: B };
}

function move(path: string, from: string, carries?: readonly Agreement[]): Move {
  return { kind: 'move', side: 'right', path, from, expected: A, ...(carries && { carries }) };
}

test('what was agreed on without a change enters the baseline as it is', () => {
  const agreements = [
    { path: 'a', base: base(A) },
    { path: 'b', base: null },
  ];
  assert.deepEqual(
    settle([], [], agreements),
    new Map([
      ['a', base(A)],
      ['b', null],
    ]),
  );
});

test('what was made is agreed on, with what was found on its side and scanned on the other', () => {
  const content = { ...contentOf(A), mode: 0o600 };
  for (const each of [update, metadata]) {
    assert.deepEqual(
      settle([each('right', 0o600)], [did(now)], []),
      new Map([['p', { content, left: A.signature, right: now }]]),
    );
    assert.deepEqual(
      settle([each('left', 0o600)], [did(now)], []),
      new Map([['p', { content, left: now, right: A.signature }]]),
    );
  }
  assert.deepEqual(
    settle([create('p', A)], [did(now)], []),
    new Map([['p', { content: contentOf(A), left: A.signature, right: now }]]),
  );
});

test('what was read instead of what was planned is what is agreed on', () => {
  const read = { content: contentOf(file('c')), signature: later };
  assert.deepEqual(
    settle([update('right', 0o600)], [did(now, read)], []),
    new Map([['p', { content: read.content, left: later, right: now }]]),
  );
});

test('a deletion that was done is forgotten on both sides, one that was not is no news', () => {
  assert.deepEqual(settle([deletion('p')], [did(null)], []), new Map([['p', null]]));
  assert.deepEqual(settle([deletion('p')], [did(now)], []), new Map([['p', null]]));
  assert.deepEqual(settle([deletion('p')], [failed], []), nothing);
  assert.deepEqual(settle([deletion('p')], [{ state: 'left' }], []), nothing);
});

test('what was made and is not there, or came from another place, is agreed on by nobody', () => {
  assert.deepEqual(settle([create('p', A)], [did(null)], []), nothing);
  assert.deepEqual(settle([create('p', A, 'right', 'q')], [did(now)], []), nothing);
});

test('I3 a path changed on both sides is agreed on only when both are done', () => {
  const both = [update('right', 0o600), metadata('left', 0o600)];
  const agreed = { content: { ...contentOf(A), mode: 0o600 }, left: later, right: now };
  assert.deepEqual(settle(both, [did(now), did(later)], []), new Map([['p', agreed]]));
  assert.deepEqual(settle(both.toReversed(), [did(later), did(now)], []), new Map([['p', agreed]]));
  assert.deepEqual(settle(both, [did(now), failed], []), nothing);
  assert.deepEqual(settle(both, [failed, did(later)], []), nothing);
});

test('two sides that made different kinds of one path agree on nothing', () => {
  const both = [create('p', A, 'left', 'q'), create('p', folder(), 'right', 'r')];
  assert.deepEqual(settle(both, [did(now), did(later)], []), nothing);
});

/** The right version steps aside, the left gets it, and the right gets the left one. */
const copying = plan([row('p', null, A, B)], { conflictRule: 'copy' });
const copy = copying.transitions[0]?.path ?? '';

test('both versions of a conflict are agreed on where they stand by then', () => {
  const third: Signature = { mtimeMs: 91, ctimeMs: 92, inode: 93 };
  const after = (...outcomes: readonly Outcome[]) => settle(copying.transitions, outcomes, []);
  const kept = { content: contentOf(B), left: later, right: now };
  const brought = { content: contentOf(A), left: A.signature, right: third };
  assert.deepEqual(
    after(did(now), did(later), did(third)),
    new Map<string, BaseEntry>([
      [copy, kept],
      ['p', brought],
    ]),
  );
  assert.deepEqual(after(did(now), failed, did(third)), new Map([['p', brought]]));
  assert.deepEqual(
    after(did(now), did(later), failed),
    new Map<string, BaseEntry | null>([
      [copy, kept],
      ['p', null],
    ]),
  );
  assert.deepEqual(after(failed, failed, failed), nothing);
});

test('a version that left its place and one that was deleted there leave nothing to agree on', () => {
  const both = [move('q', 'p'), deletion('p', 'left')];
  assert.deepEqual(settle(both, [did(now), did(null)], []), new Map([['p', null]]));
});

test('a move renews the signature of what was moved, if that was the agreed one, and no other', () => {
  const inside = base(B);
  const carries = (moved: BaseEntry) => [
    { path: 'a', base: null },
    { path: 'b', base: moved },
    { path: 'b/c', base: base(A) },
    { path: 'b/d', base: inside },
  ];
  const after = (moved: BaseEntry, signature: Signature | null) =>
    settle([move('b', 'a', carries(moved))], [did(signature)], []);
  const rest = [
    ['b/c', base(A)],
    ['b/d', inside],
  ] as const;
  const expected = (moved: BaseEntry) =>
    new Map<string, BaseEntry | null>([['a', null], ['b', moved], ...rest]);
  assert.deepEqual(after(base(A), now), expected({ ...base(A), right: now }));
  const edited = { ...base(A), right: later };
  assert.deepEqual(after(edited, now), expected(edited));
  assert.deepEqual(after(base(A), null), expected(base(A)));
  assert.deepEqual(
    settle([move('b', 'a', [{ path: 'b', base: null }])], [did(now)], []),
    new Map([
      ['b', null],
      ['a', null],
    ]),
  );
});

test('where a move failed nothing is agreed on at its place and below, and elsewhere it is', () => {
  const agreements = ['b', 'b/c', 'bc', 'a'].map((path) => ({ path, base: base(B) }));
  assert.deepEqual([...settle([move('b', 'a', [])], [failed], agreements).keys()], ['bc', 'a']);
  assert.deepEqual(
    [...settle([create('b', A)], [failed], agreements).keys()],
    ['b', 'b/c', 'bc', 'a'],
  );
});

test('what is worked out late is the same, whichever part is asked for first', () => {
  const transitions = Transitions.of([create('p', A), create('q', B)]);
  const late = settleLate(transitions, Outcomes.of([did(now), did(later)]), []);
  const [p, q] = [late.get('p'), late.get('q')];
  assert.deepEqual(p?.left, A.signature);
  assert.deepEqual(q?.content, contentOf(B));
  assert.deepEqual(p?.right, now);
  assert.deepEqual(q?.right, later);
  assert.deepEqual([p?.content, q?.left], [contentOf(A), B.signature]);
});

test('moves are told with their places in the plan', () => {
  const all = [create('d', folder()), move('d/b', 'b'), deletion('x'), move('c', 'e', [])];
  assert.deepEqual(
    [...movesOf(Transitions.of(all))],
    [
      [1, all[1]],
      [3, all[3]],
    ],
  );
});

test('what stands where it was before: a move at the place it leaves, all else at its own', () => {
  assert.equal(placeBefore(move('b', 'a')), 'a');
  assert.equal(placeBefore(deletion('p')), 'p');
});

test('only the signature that was agreed on is renewed', () => {
  const known = { ...base(A), right: B.signature };
  assert.deepEqual(renewed(known, deletion('p'), later), { ...known, right: later });
  assert.deepEqual(renewed(base(B), deletion('p', 'left'), later), { ...base(B), left: later });
  assert.equal(renewed(known, deletion('p', 'left'), later), null);
  assert.equal(renewed(null, deletion('p'), later), null);
});

test('I7 only what was put back is renewed, at the place it has, and never over what was settled', () => {
  const after = (
    transition: Move | Deletion | Creation,
    outcome: Outcome,
    changes = new Map<string, BaseEntry | null>(),
  ) => {
    const known = (path: string) => (path === 'p' ? base(A) : null);
    renewRestored(changes, Transitions.of([transition]), Outcomes.of([outcome]), known);
    return changes;
  };
  const taken = { ...deletion('p'), expected: A };
  const restored = { ...failed, restored: later };
  const back = new Map([['p', { ...base(A), right: later }]]);
  assert.deepEqual(after(taken, restored), back);
  assert.deepEqual(after(taken, { state: 'returned', restored: later }), back);
  assert.deepEqual(after(move('q', 'p'), restored), back);
  assert.deepEqual(after(taken, failed), nothing);
  assert.deepEqual(after(taken, did(later)), nothing);
  assert.deepEqual(after({ ...taken, path: 'q' }, restored), nothing);
  assert.deepEqual(after(create('p', A), restored), nothing);
  assert.deepEqual(after(taken, restored, new Map([['p', null]])), new Map([['p', null]]));
});
