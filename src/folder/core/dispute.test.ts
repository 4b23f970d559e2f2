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
  unknown,
} from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import { linkWithoutPlace } from './dispute.ts';
import { byteLength } from './path.ts';

const B = file('b');
const X = file('xx', { timeMs: Date.UTC(2026, 10, 20, 10, 15, 3) });
const Y = file('yyy', { timeMs: Date.UTC(2026, 10, 21, 10, 15, 3) });
const D = folder();
const linkless = { ...posix, links: false };

test('a link that one side cannot hold is told by the abilities of the other side alone', () => {
  const L = link('t');
  const cases = [
    [L, B, posix, linkless, true],
    [B, L, linkless, posix, true],
    [L, B, linkless, posix, false],
    [B, L, posix, linkless, false],
    [B, D, linkless, linkless, false],
    [L, L, posix, posix, false],
  ] as const;
  for (const [left, right, here, there, answer] of cases) {
    const abilities = { left: here, right: there };
    assert.equal(linkWithoutPlace({ left, right }, abilities), answer);
  }
});

test('both versions of a file are kept: the right one steps aside and is read from there', () => {
  const { transitions, resolved } = plan([row('p', B, X, Y)], { conflictRule: 'copy' });
  const copy = 'p (conflict right 2026-11-21 10.15.03)';
  assert.deepEqual(transitions, [
    { kind: 'move', side: 'right', path: copy, from: 'p', expected: Y },
    {
      kind: 'create',
      side: 'left',
      path: copy,
      content: contentOf(Y),
      source: Y,
      from: copy,
      moved: true,
    },
    { kind: 'create', side: 'right', path: 'p', content: contentOf(X), source: X, from: 'p' },
  ]);
  const conflict = { path: 'p', kind: 'edit-edit', left: X, right: Y };
  assert.deepEqual(resolved, [{ conflict, kept: 'both', copy }]);
});

test('where both are kept a folder has the name, and what is in it comes there', () => {
  const rows = [row('p', B, X, D), row('p/f', null, absent, Y)];
  const copy = 'p (conflict left 2026-11-20 10.15.03)';
  assert.deepEqual(said(plan(rows, { conflictRule: 'copy' })), [
    `left move ${copy} from p`,
    'left create p',
    `right create ${copy}`,
    'left create p/f',
  ]);
});

test('a copy gets a name that both sides can hold', () => {
  const path = `${'r'.repeat(70)}.txt`;
  for (const [left, right] of [
    [80, 255],
    [255, 80],
  ] as const) {
    const abilities = {
      left: { ...posix, nameBytesMax: left },
      right: { ...posix, nameBytesMax: right },
    };
    const { transitions } = plan([row(path, B, X, Y)], { conflictRule: 'copy', abilities });
    assert.deepEqual(
      transitions.map((each) => byteLength(each.path)),
      [80, 80, 74],
    );
  }
});

test('what a rule decides is on record with the side that was kept', () => {
  const conflict = { path: 'p', kind: 'type', left: link('t'), right: Y };
  for (const kept of ['left', 'right'] as const) {
    const { resolved } = plan([row('p', B, link('t'), Y)], { conflictRule: kept });
    assert.deepEqual(resolved, [{ conflict, kept, copy: null }]);
  }
});

test('a conflict of kind in a one-way mode is decided by a rule, unless that makes a copy', () => {
  const rows = [row('p', B, link('t'), Y)];
  const answer = (conflictRule: 'copy' | 'left' | 'right') =>
    said(plan(rows, { mode: 'one-way-safe', conflictRule }));
  assert.deepEqual(answer('copy'), ['conflict type p']);
  assert.deepEqual(answer('left'), ['right update p']);
  assert.deepEqual(answer('right'), []);
});

test('a link that one side cannot hold is left to a person, whatever the rule', () => {
  for (const conflictRule of ['left', 'right', 'copy'] as const) {
    const there = { left: posix, right: linkless };
    const here = { left: linkless, right: posix };
    const given = { conflictRule, abilities: there };
    assert.deepEqual(said(plan([row('p', B, link('t'), Y)], given)), ['conflict type p']);
    const swapped = { conflictRule, abilities: here };
    assert.deepEqual(said(plan([row('p', B, X, link('t'))], swapped)), ['conflict type p']);
  }
  const abilities = { left: posix, right: linkless };
  const contribute = plan([row('p', B, link('t'), Y)], { mode: 'contribute', abilities });
  assert.deepEqual([said(contribute), contribute.waits], [[], true]);
});

test('I13 a folder with something unknown inside is replaced by no rule', () => {
  const rows = [row('p', B, X, D), row('p/f', null, absent, unknown('p/f'))];
  const problem = 'problem folder-unreadable p/f';
  for (const conflictRule of ['left', 'copy'] as const) {
    assert.deepEqual(said(plan(rows, { conflictRule })), ['conflict type p', problem]);
  }
  assert.deepEqual(said(plan(rows, { mode: 'contribute' })), [problem]);
});

test('what is left as it is in a conflict is left with all that is in it', () => {
  const rows = [row('p', B, D, Y), row('p/f', null, X, absent)];
  for (const more of [
    { mode: 'contribute' },
    { mode: 'one-way-safe', conflictRule: 'right' },
  ] as const) {
    const { transitions, conflicts, resolved, waits } = plan(rows, more);
    assert.deepEqual([transitions, conflicts, resolved, waits], [[], [], [], true]);
  }
});
