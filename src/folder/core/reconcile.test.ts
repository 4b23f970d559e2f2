import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  link,
  plan,
  posix,
  row,
  said,
  same,
  unknown,
} from '../../../test/support/rows.ts';
import type { Entry, Observation } from './entry.ts';
import { type Mode, modes } from './plan.ts';

const B = file('b');
const X = file('xx');
// Size and time alone make no two files one.
const readX = file('xx', { digest: 'd' });
const Y = file('yyy');
const touched = file('b', { timeMs: 5, digest: 'b' });
const known = file('b', { digest: 'b' });
const executable = file('b', { mode: 0o755 });

type Answers = Readonly<Record<Mode, string>>;

interface Case {
  readonly says: string;
  readonly base: Entry | null;
  readonly left: Observation | Entry;
  readonly right: Observation | Entry;
  readonly answers: Answers;
}

/** Both two-way modes, one-way-safe, one-way-replica, contribute. */
const each = (
  safe: string,
  resolved: string,
  oneWay: string,
  replica: string,
  contribute: string,
): Answers => ({
  'two-way-safe': safe,
  'two-way-resolved': resolved,
  'one-way-safe': oneWay,
  'one-way-replica': replica,
  contribute,
});

const push = 'right update p';
const pull = 'left update p';
const quarrel = 'conflict edit-edit p';

const cases: readonly Case[] = [
  { says: 'nothing happened', base: B, left: same, right: same, answers: each('', '', '', '', '') },
  {
    says: 'edited on the left',
    base: B,
    left: X,
    right: same,
    answers: each(push, push, push, push, ''),
  },
  {
    says: 'edited on the right',
    base: B,
    left: same,
    right: X,
    answers: each(pull, pull, '', push, ''),
  },
  {
    says: 'deleted on the left',
    base: B,
    left: absent,
    right: same,
    answers: each('right delete p', 'right delete p', 'right delete p', 'right delete p', ''),
  },
  {
    says: 'deleted on the right',
    base: B,
    left: same,
    right: absent,
    answers: each('left delete p', 'left delete p', 'right create p', 'right create p', ''),
  },
  {
    says: 'made on the left',
    base: null,
    left: X,
    right: absent,
    answers: each(
      'right create p',
      'right create p',
      'right create p',
      'right create p',
      'right create p',
    ),
  },
  {
    says: 'made on the right',
    base: null,
    left: absent,
    right: X,
    answers: each('left create p', 'left create p', '', 'right delete p', ''),
  },
  {
    says: 'edited alike on both',
    base: B,
    left: readX,
    right: readX,
    answers: each('agree p', 'agree p', 'agree p', 'agree p', 'agree p'),
  },
  {
    says: 'made alike on both',
    base: null,
    left: readX,
    right: readX,
    answers: each('agree p', 'agree p', 'agree p', 'agree p', 'agree p'),
  },
  {
    says: 'edited differently',
    base: B,
    left: X,
    right: Y,
    answers: each(quarrel, push, quarrel, push, ''),
  },
  {
    says: 'made differently',
    base: null,
    left: X,
    right: Y,
    answers: each(quarrel, push, quarrel, push, ''),
  },
  {
    says: 'edited on the left, deleted on the right',
    base: B,
    left: X,
    right: absent,
    answers: each('right create p', 'right create p', 'right create p', 'right create p', ''),
  },
  {
    says: 'deleted on the left, edited on the right',
    base: B,
    left: absent,
    right: X,
    answers: each('left create p', 'left create p', '', 'right delete p', ''),
  },
  {
    says: 'deleted on both',
    base: B,
    left: absent,
    right: absent,
    answers: each('forget p', 'forget p', 'forget p', 'forget p', 'forget p'),
  },
  {
    says: 'only the time changed on the left',
    base: known,
    left: touched,
    right: same,
    answers: each(
      'right metadata p',
      'right metadata p',
      'right metadata p',
      'right metadata p',
      '',
    ),
  },
  {
    says: 'the time changed on the left, deleted on the right',
    base: known,
    left: touched,
    right: absent,
    answers: each('left delete p', 'left delete p', 'right create p', 'right create p', ''),
  },
  {
    says: 'the mode changed on the right',
    base: B,
    left: same,
    right: executable,
    answers: each('left metadata p', 'left metadata p', '', 'right metadata p', ''),
  },
  {
    says: 'the mode changed on the right, deleted on the left',
    base: B,
    left: absent,
    right: executable,
    answers: each('left create p', 'left create p', '', 'right delete p', ''),
  },
  {
    says: 'edited on the left, the mode changed on the right: both are kept',
    base: B,
    left: X,
    right: executable,
    answers: each(
      'right update p,left metadata p',
      'right update p,left metadata p',
      push,
      push,
      '',
    ),
  },
  {
    says: 'a link in place of the file on the left',
    base: B,
    left: link('t'),
    right: same,
    answers: each(push, push, push, push, ''),
  },
  {
    says: 'a link on the left against an edit on the right',
    base: B,
    left: link('t'),
    right: Y,
    answers: each('conflict type p', push, 'conflict type p', push, ''),
  },
  {
    says: 'unknown on the left',
    base: B,
    left: unknown('p'),
    right: absent,
    answers: each(
      'problem folder-unreadable p',
      'problem folder-unreadable p',
      'problem folder-unreadable p',
      'problem folder-unreadable p',
      'problem folder-unreadable p',
    ),
  },
];

for (const { says, base, left, right, answers } of cases) {
  test(`2a ${says}`, () => {
    for (const mode of modes) {
      assert.equal(said(plan([row('p', base, left, right)], { mode })).join(), answers[mode], mode);
    }
  });
}

const D = folder(10);

test('2a an edit inside a folder that the other side deleted survives with its folders alone', () => {
  const rows = [
    row('d', D, absent, same),
    row('d/edited', B, absent, X),
    row('d/new', null, absent, Y),
    row('d/old', B, absent, same),
  ];
  const found = plan(rows);
  assert.deepEqual(said(found), [
    'left create d',
    'left create d/edited',
    'left create d/new',
    'right delete d/old',
  ]);
  assert.deepEqual(
    found.remarks.map(({ path }) => path),
    ['d/edited'],
  );
});

test('2a a deleted folder goes leaf first', () => {
  const rows = [
    row('d', D, absent, same),
    row('d/e', D, absent, same),
    row('d/e/f', B, absent, same),
  ];
  assert.deepEqual(said(plan(rows)), ['right delete d/e/f', 'right delete d/e', 'right delete d']);
});

test('I13 a folder with something unknown inside is neither deleted nor replaced', () => {
  const inside = [row('d/e', D, absent, same), row('d/e/f', B, absent, unknown('d/e/f'))];
  assert.deepEqual(said(plan([row('d', D, absent, same), ...inside])), [
    'problem folder-unreadable d/e/f',
  ]);
  assert.deepEqual(said(plan([row('d', D, X, same), ...inside])), [
    'problem folder-unreadable d/e/f',
  ]);
});

test('FS-16 a file in place of a folder: what was inside goes first, then the folder', () => {
  const rows = [row('d', D, X, same), row('d/e', B, absent, same)];
  assert.deepEqual(said(plan(rows)), ['right delete d/e', 'right update d']);
});

test('FS-16 a folder in place of a file comes before what is in it', () => {
  const rows = [row('d', B, D, same), row('d/e', null, X, absent)];
  assert.deepEqual(said(plan(rows)), ['right update d', 'right create d/e']);
});

test('2a a file in place of a folder in which the other side worked is a conflict of kind', () => {
  const rows = [row('d', D, X, same), row('d/e', B, absent, Y), row('d/f', B, absent, same)];
  assert.deepEqual(said(plan(rows)), ['conflict type d']);
  assert.deepEqual(said(plan(rows, { conflictRule: 'left' })), [
    'right delete d/f',
    'right delete d/e',
    'right update d',
  ]);
  assert.deepEqual(said(plan(rows, { conflictRule: 'right' })), [
    'left update d',
    'left create d/e',
    'left create d/f',
  ]);
});

const old = file('old', { timeMs: 1 });
const young = file('y', { timeMs: 2 });

test('the conflict rule names the winner, and the loser is on record', () => {
  const rows = [row('p', B, old, young)];
  const winners = { left: push, right: pull, newest: pull, largest: push } as const;
  for (const [rule, answer] of Object.entries(winners)) {
    const found = plan(rows, { conflictRule: rule as keyof typeof winners });
    assert.deepEqual(said(found), [answer], rule);
    assert.equal(found.resolved?.[0]?.conflict.path, 'p');
  }
});

test('a rule that finds no difference leaves the conflict open', () => {
  const rows = [row('p', B, file('123', { timeMs: 7 }), file('456', { timeMs: 8 }))];
  assert.deepEqual(said(plan(rows, { conflictRule: 'largest' })), [quarrel]);
  const resolved = { mode: 'two-way-resolved', conflictRule: 'largest' } as const;
  assert.deepEqual(said(plan(rows, resolved)), [push]);
});

test('copy gives both to both sides, the right one under a second name', () => {
  const right = file('yyy', { timeMs: Date.UTC(2026, 10, 20, 10, 15, 3) });
  const found = plan([row('report.txt', B, X, right)], { conflictRule: 'copy' });
  const copy = 'report (conflict right 2026-11-20 10.15.03).txt';
  assert.deepEqual(said(found), [
    `right move ${copy} from report.txt`,
    `left create ${copy}`,
    'right create report.txt',
  ]);
  assert.deepEqual(
    said(plan([row('report.txt', B, X, right)], { conflictRule: 'copy', mode: 'one-way-safe' })),
    [`right move ${copy} from report.txt`, 'right create report.txt'],
  );
});

test('I21, I22 without a trusted baseline both sides are united and nothing is deleted', () => {
  const rows = [
    row('a', B, absent, same),
    row('b', B, X, same),
    row('c', B, absent, absent),
    row('d', null, readX, readX),
  ];
  assert.deepEqual(said(plan(rows, { baselineTrusted: false })), [
    'left create a',
    'forget c',
    'agree d',
    'conflict edit-edit b',
  ]);
});

test('I24 a side that cannot hold permissions is not asked for them, nor asked what they are', () => {
  const abilities = { left: posix, right: { ...posix, modes: false } };
  const poor = file('b', { mode: 0o777 });
  assert.deepEqual(said(plan([row('p', B, same, poor)], { abilities })), []);
  assert.deepEqual(said(plan([row('p', B, executable, same)], { abilities })), ['agree p']);
  const [update] = plan([row('p', B, same, file('xx', { mode: 0o777 }))], {
    abilities,
  }).transitions;
  assert.equal(
    update?.kind === 'update' && update.content.kind === 'file' && update.content.mode,
    0o644,
  );
});

test('equal files with other permissions get what both allow, and stay executable', () => {
  const rows = [
    row(
      'p',
      null,
      file('x', { mode: 0o664, digest: 'd' }),
      file('x', { mode: 0o755, digest: 'd' }),
    ),
  ];
  const [only, ...more] = plan(rows).transitions;
  assert.deepEqual(more, []);
  assert.ok(only?.kind === 'metadata' && only.side === 'left' && only.content.kind === 'file');
  assert.equal(only.content.mode, 0o755);
});

/** Processor time, which whoever else is at work does not take; the best of three. */
function cost(count: number): number {
  const rows = Array.from({ length: count }, (_, at) =>
    row(`folder ${at % 100}/file ${at}`, null, file('x', { inode: at + 2 }), absent),
  );
  const tries = Array.from({ length: 3 }, () => {
    const began = process.cpuUsage();
    assert.equal(plan(rows).transitions.length, count);
    return process.cpuUsage(began).user;
  });
  return Math.min(...tries);
}

test('ten times as many new files take far less than a hundred times as long to reconcile', () => {
  const [few, many] = [cost(11_000), cost(110_000)];
  assert.ok(many < 40 * few, `${few} and ${many} µs`);
});
