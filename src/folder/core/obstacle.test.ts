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

const toFolding = { abilities: { left: posix, right: folding } };

test('NM-01, NM-03, NM-04 of names that a side takes for one the first is made, the others wait', () => {
  const names = ['A.txt', 'STRASSE', 'a.txt', 'e\u0301', 'stra\u00dfe', '\u00e9'];
  const rows = names.map((name, at) => row(name, null, file('x', { inode: at + 5 }), absent));
  const answers = said(plan(rows, toFolding));
  assert.equal(answers.filter((each) => each.startsWith('right create')).length, 3);
  assert.equal(answers.filter((each) => each.startsWith('conflict name')).length, 3);
  assert.equal(said(plan(rows)).filter((each) => each.startsWith('right create')).length, 6);
});

test('NM-01 what the side holds already is never written over', () => {
  const rows = [row('A.txt', null, file('x'), absent), row('a.txt', null, absent, file('y'))];
  assert.deepEqual(said(plan(rows, toFolding)), ['left create a.txt', 'conflict name A.txt']);
  const alone = { ...toFolding, heldOn: () => 'a.txt' };
  assert.deepEqual(said(plan(rows.slice(0, 1), alone)), ['conflict name A.txt']);
});

test('what is in a folder whose name collides waits with it', () => {
  const rows = [
    row('D', null, folder(3), absent),
    row('D/x', null, file('x'), absent),
    row('d', null, folder(4), absent),
    row('d/x', null, file('x'), absent),
  ];
  assert.deepEqual(said(plan(rows, toFolding)), [
    'right create D',
    'right create D/x',
    'conflict name d',
  ]);
});

test('NM-10 a name too long for the other side is a problem before the run', () => {
  const short = { abilities: { left: posix, right: { ...posix, nameBytesMax: 10 } } };
  const rows = [
    row('ääääää', null, folder(3), absent),
    row('ääääää/x', null, file('x'), absent),
    row('ok', null, file('x'), absent),
  ];
  assert.deepEqual(said(plan(rows, short)), [
    'right create ok',
    'problem folder-name-too-long ääääää',
  ]);
});

test('NM-08 a name that could lead out is a problem, and the rest goes on', () => {
  const rows = [row('../x', null, file('x'), absent), row('y', null, file('x'), absent)];
  assert.deepEqual(said(plan(rows)), ['right create y', 'problem folder-name-unsafe ../x']);
});

test('a file that became a link stays a file where links cannot be held, and that is said', () => {
  const noLinks = { abilities: { left: posix, right: { ...posix, links: false } } };
  const rows = [row('f', file('x'), link('elsewhere'), same)];
  assert.deepEqual(said(plan(rows, noLinks)), ['problem folder-link-unsupported f']);
});

test('a link is a problem where links cannot be held, and nothing is deleted for it', () => {
  const noLinks = { abilities: { left: posix, right: { ...posix, links: false } } };
  assert.deepEqual(said(plan([row('l', null, link('x'), absent)], noLinks)), [
    'problem folder-link-unsupported l',
  ]);
});

test('between a file and a link that a side cannot hold a person decides, whatever the rule', () => {
  const noLinks = { left: posix, right: { ...posix, links: false } };
  for (const rule of ['left', 'newest', 'copy'] as const) {
    const rows = [row('f', file('x'), link('elsewhere'), file('z', { inode: 9 }))];
    const more = { abilities: noLinks, conflictRule: rule, mode: 'two-way-resolved' } as const;
    assert.deepEqual(said(plan(rows, more)), ['conflict type f'], rule);
  }
});
