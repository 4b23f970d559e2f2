import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, file, folder, inputOf, row, same, unknown } from '../../../test/support/rows.ts';
import type { Entry, Row } from './entry.ts';
import { findMoves } from './find-moves.ts';
import { zonesOf } from './move-admission.ts';
import type { ReconcileInput } from './plan.ts';
import { unknownPaths } from './spot.ts';

const A = file('a', { inode: 11 });
const B = file('b', { inode: 12 });
const C = file('c', { inode: 13 });
const X = file('other', { inode: 99 });
const D = folder(20);
const E = folder(21);
const F = folder(22);

/** `left a to b`, and where the other side has it by now; `dispute a`. */
function admitted(rows: readonly Row[], more: Partial<ReconcileInput> = {}): string[] {
  const input = inputOf(rows, more);
  const { found, disputes } = findMoves(rows, input, unknownPaths(rows), new Set());
  return [
    ...found.map(({ side, from, to, at, agreed }) => {
      const place = at === from ? '' : ` at ${at}`;
      return `${side} ${from} to ${to}${place}${agreed ? ', agreed' : ''}`;
    }),
    ...disputes.map(({ path }) => `dispute ${path}`),
  ];
}

/** Renamed on the left, while the right still has it. */
function renamed(from: string, to: string, entry: Entry): readonly Row[] {
  return [row(from, entry, absent, same), row(to, null, entry, absent)];
}

/** Renamed on the right, while the left still has it. */
function renamedThere(from: string, to: string, entry: Entry): readonly Row[] {
  return [row(from, entry, same, absent), row(to, null, absent, entry)];
}

/** With something in it that came along. */
function renamedFolder(from: string, to: string, entry: Entry, inside: Entry): readonly Row[] {
  return [...renamed(from, to, entry), ...renamed(`${from}/o`, `${to}/o`, inside)];
}

const byLeft = { conflictRule: 'left' } as const;

test('moves of both sides are followed where they have nothing to do with each other', () => {
  const rows = [...renamed('a', 'b', A), ...renamedThere('c', 'd', C)];
  assert.deepEqual(admitted(rows), ['left a to b', 'right c to d']);
});

test('I13 a move is not followed from, to or around what could not be seen', () => {
  const cases: readonly (readonly [says: string, rows: readonly Row[], answer: string[]])[] = [
    ['at its end', [row('a', A, absent, same), row('b', null, A, unknown('b'))], []],
    ['at its begin', [row('a', A, absent, unknown('a')), row('b', null, A, absent)], []],
    ['above its end', [row('e', D, same, unknown('e')), ...renamed('a', 'e/a', A)], []],
    [
      'inside what moved',
      [
        ...renamedFolder('d', 'e', D, A),
        row('d/s', E, same, same),
        row('d/s/x', X, unknown('d/s/x'), same),
      ],
      ['left d/o to e/o'],
    ],
    ['elsewhere', [...renamed('a', 'b', A), row('x', X, unknown('x'), same)], ['left a to b']],
  ];
  for (const [says, rows, answer] of cases) assert.deepEqual(admitted(rows), answer, says);
});

test('I13 both sides moved a thing to where one of them cannot be seen, and nothing is disputed', () => {
  const places = { b: [row('b', null, A, absent)], c: [row('c', null, absent, A)] };
  const gone = row('a', A, absent, absent);
  const hidden = (path: string) => row(`${path}/x`, X, unknown(`${path}/x`), absent);
  assert.deepEqual(admitted([gone, ...places.b, ...places.c]), ['dispute a']);
  for (const path of ['a', 'b', 'c']) {
    assert.deepEqual(admitted([gone, ...places.b, ...places.c, hidden(path)]), [], path);
  }
});

test('what both sides moved to one place is agreed on, unless something was known there', () => {
  const gone = row('a', A, absent, absent);
  assert.deepEqual(admitted([gone, row('b', null, A, A)]), ['left a to b, agreed']);
  assert.deepEqual(admitted([gone, row('b', B, A, A)]), []);
});

test('where both moved the same thing, the rule says whose place counts, and copy follows none', () => {
  const rows = [row('a', A, absent, absent), row('b', null, A, absent), row('c', null, absent, A)];
  assert.deepEqual(admitted(rows, byLeft), ['left a to b at c']);
  assert.deepEqual(admitted(rows, { conflictRule: 'right' }), ['right a to c at b']);
  assert.deepEqual(admitted(rows, { conflictRule: 'copy' }), []);
});

test('what has the name of a thing that both moved does not change whose place counts', () => {
  for (const [left, right] of [
    [absent, X],
    [X, absent],
  ] as const) {
    const rows = [row('a', A, left, right), row('b', null, A, absent), row('c', null, absent, A)];
    assert.deepEqual(admitted(rows, byLeft), ['left a to b at c']);
  }
});

test('only what a folder above brings to its place under its name is there already', () => {
  const both = (left: string, right: string) => [
    row('a', A, absent, absent),
    row(left, null, A, absent),
    row(right, null, absent, A),
  ];
  assert.deepEqual(admitted(both('x/n', 'y/n'), byLeft), ['left a to x/n at y/n']);
  const above = renamedFolder('e', 'd', E, B);
  assert.deepEqual(admitted([...above, ...both('d/n', 'e/m')], byLeft), [
    'left a to d/n at e/m',
    'left e to d',
  ]);
  const brought = [
    row('a', D, absent, absent),
    row('d/b', A, D, absent),
    row('d/b/f', null, A, absent),
    row('e', null, absent, D),
    row('e/f', null, absent, A),
  ];
  assert.deepEqual(admitted(brought, byLeft), [
    'left a to d/b at e',
    'left d/b to d/b/f at e/f, agreed',
  ]);
});

test('what came along with a folder was not moved there by a person, so there is no dispute', () => {
  const rows = [
    ...renamed('d', 'e', D),
    ...renamed('d/o', 'e/o', B),
    row('d/a', A, absent, absent),
    row('z', null, absent, A),
  ];
  assert.deepEqual(admitted([...rows, row('e/a', null, A, absent)]), ['left d to e']);
  assert.deepEqual(admitted([...rows, row('w', null, A, absent)]), ['dispute d/a']);
});

test('of a folder over whose place there is a dispute, nothing inside is disputed as well', () => {
  const rows = [
    row('d', D, absent, absent),
    row('d/o', B, absent, absent),
    row('d/x', A, absent, absent),
    row('e', null, D, absent),
    row('e/o', null, B, absent),
    row('f', null, absent, D),
    row('f/o', null, absent, B),
    row('p', null, A, absent),
    row('q', null, absent, A),
  ];
  assert.deepEqual(admitted(rows), ['dispute d']);
});

test('what a dispute holds is not moved, nor what would take it along or lead into it', () => {
  const disputed = (from: string, left: string, right: string) => [
    row(from, A, absent, absent),
    row(left, null, A, absent),
    row(right, null, absent, A),
  ];
  const above = renamedFolder('x', 'y', D, B);
  assert.deepEqual(admitted([...above, ...disputed('x/a', 'b', 'c')]), ['dispute x/a']);
  assert.deepEqual(admitted([...above, ...disputed('a', 'y/s/b', 'c')]), ['dispute a']);
  assert.deepEqual(admitted([...above, ...disputed('a', 'b', 'c')]), ['left x to y', 'dispute a']);
  const folders = [
    row('d', D, absent, absent),
    row('d/o', B, absent, absent),
    row('e', null, D, absent),
    row('e/o', null, B, absent),
    row('f', null, absent, D),
    row('f/o', null, absent, B),
  ];
  assert.deepEqual(admitted([...folders, ...renamed('c', 'e/c', C)]), ['dispute d']);
});

test('a dispute holds its path, and its places if it is over a place', () => {
  const places = { left: 'b', right: 'c' };
  const [left, right] = [A, A];
  assert.deepEqual(
    zonesOf([
      { path: 'a', kind: 'place', left, right, places },
      { path: 'd', kind: 'type', left, right },
    ]),
    new Set(['a', 'b', 'c', 'd']),
  );
});

test('a move is followed only where the other side still has the thing, or one of its kind', () => {
  const target = row('b', null, A, absent);
  const cases = [
    ['gone', absent, []],
    ['a folder', folder(99), []],
    ['edited', file('edit', { inode: 11 }), ['left a to b']],
    ['as it was', same, ['left a to b']],
  ] as const;
  for (const [says, there, answer] of cases) {
    assert.deepEqual(admitted([row('a', A, absent, there), target]), answer, says);
  }
});

test('what keeps an old file under another name is followed only if the other side surely is as it was', () => {
  const racy: Entry = { ...A, signature: { ...A.signature, racy: true } };
  const cases = [
    [A, same, true],
    [racy, A, true],
    [A, A, false],
    [racy, file('a', { inode: 77, digest: 'a' }), false],
    [racy, file('edit', { inode: 11 }), false],
  ] as const;
  for (const [known, there, is] of cases) {
    const rows = [row('a', known, X, there), row('b', null, A, absent)];
    assert.deepEqual(admitted(rows), is ? ['left a to b'] : []);
  }
});

test('a move is not followed to where the other side made something else of a folder above', () => {
  const above = [
    [X, []],
    [E, ['left a to d/e/a']],
    [same, ['left a to d/e/a']],
    [absent, ['left a to d/e/a']],
  ] as const;
  for (const [there, answer] of above) {
    const rows = [row('d', E, same, there), ...renamed('a', 'd/e/a', A)];
    assert.deepEqual(admitted(rows), answer);
  }
  const both = [
    row('a', A, absent, absent),
    row('d/b', null, A, absent),
    row('c', null, absent, A),
  ];
  assert.deepEqual(admitted([row('d', E, same, X), ...both], byLeft), []);
  assert.deepEqual(admitted([row('d', E, same, same), ...both], byLeft), ['left a to d/b at c']);
});

test('moves of both sides that meet are not followed, agreed ones meet none', () => {
  const agreed = [
    row('d', D, absent, absent),
    row('d/o', B, absent, absent),
    row('e', null, D, D),
    row('e/o', null, B, B),
  ];
  assert.deepEqual(admitted([...agreed, ...renamedThere('f', 'e/f', A)]), [
    'left d to e, agreed',
    'right f to e/f',
  ]);
  const above = [...renamedThere('p', 'q', E), ...renamedThere('p/o', 'q/o', B)];
  const taken = [row('p/a', A, absent, absent), row('b', null, A, A)];
  assert.deepEqual(admitted([...above, ...taken]), ['left p/a to b, agreed', 'right p to q']);
  assert.deepEqual(admitted([...above, ...renamed('f', 'p/f', A)]), ['right p to q']);
  assert.deepEqual(admitted([...above, ...renamed('p/f', 'f', A)]), ['right p to q']);
  const won = [row('a', A, absent, absent), row('b', null, A, absent), row('q/a', null, absent, A)];
  assert.deepEqual(admitted([...above, ...won], byLeft), ['right p to q']);
});

test('a name is free where what has it moves away, on the other side too', () => {
  const agreed = [row('a', A, absent, absent), row('b', null, A, A)];
  const onLeft = [row('a', A, C, absent), row('c', C, absent, same), row('b', null, A, A)];
  const onRight = [row('a', A, absent, C), row('c', C, same, absent), row('b', null, A, A)];
  assert.deepEqual(admitted(agreed), ['left a to b, agreed']);
  assert.deepEqual(admitted(onLeft), ['left a to b, agreed', 'left c to a']);
  assert.deepEqual(admitted(onRight), ['left a to b, agreed', 'right c to a']);
  // The right made another there since.
  const again = [row('a', A, C, X), row('c', C, absent, same), row('b', null, A, A)];
  assert.deepEqual(admitted(again), ['left a to b, agreed']);
});

test('a name is free where the other side has the thing that is moved away from there', () => {
  const rows = [
    row('a', A, absent, absent),
    row('b', null, A, absent),
    row('c', null, C, A),
    row('f', C, absent, same),
  ];
  assert.deepEqual(admitted(rows, byLeft), ['left a to b at c', 'left f to c']);
});

test('a name that was agreed on is taken until what had it moves', () => {
  assert.deepEqual(admitted([row('a', A, absent, same), row('b', B, A, absent)]), []);
  assert.deepEqual(admitted([row('a', A, absent, same), row('b', B, A, same)]), []);
});

test('who waits for a name that does not become free is not followed either, however many wait', () => {
  const chain = (last: Row) => [
    row('1', A, absent, same),
    row('2', B, A, same),
    row('3', C, B, same),
    last,
  ];
  assert.deepEqual(admitted(chain(row('4', null, C, absent))).length, 3);
  assert.deepEqual(admitted(chain(row('4', null, C, X))), []);
  const two = (there: typeof absent | Entry) => [
    row('a', F, absent, same),
    row('a/o', C, absent, same),
    row('b', A, absent, same),
    row('d', D, F, same),
    row('d/k', B, A, same),
    row('d/o', null, C, absent),
    row('e', null, D, there),
    row('e/k', null, B, absent),
  ];
  assert.deepEqual(admitted(two(absent)), ['left a to d', 'left b to d/k', 'left d to e']);
  assert.deepEqual(admitted(two(X)), []);
});

test('what a folder would bring to a name takes it, until that is moved away by itself', () => {
  const rows = [...renamedFolder('d', 'e', D, B), ...renamed('f', 'e/x', A)];
  assert.deepEqual(admitted(rows), ['left d to e', 'left f to e/x']);
  assert.deepEqual(admitted([...rows, row('d/x', X, absent, same)]), ['left d to e']);
  assert.deepEqual(admitted([...rows, row('d/x', null, absent, X)]), ['left d to e']);
  assert.deepEqual(admitted([...rows, row('d/x', C, absent, same), row('z', null, C, absent)]), [
    'left d to e',
    'left f to e/x',
    'left d/x to z',
  ]);
});

test('a folder does not make its own place free', () => {
  const rows = [
    row('p', D, E, same),
    row('p/k', B, absent, same),
    row('p/o', null, C, absent),
    row('p/z', A, D, same),
    row('p/z/k', null, B, absent),
    row('q', E, absent, same),
    row('q/o', C, absent, same),
  ];
  assert.deepEqual(admitted(rows), []);
});
