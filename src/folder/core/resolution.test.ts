import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, folder, link } from '../../../test/support/rows.ts';
import type { Entry } from './entry.ts';
import { type Choice, type Dispute, transitionsFor } from './resolution.ts';

const older = file('a', { timeMs: 1_000, size: 9 });
const newer = file('b', { timeMs: 2_000, size: 5, inode: 2 });
const shelf = (path: string) => `.syncmgr/trash/1/${path}`;

function dispute(left: Entry | null, right: Entry | null, more: Partial<Dispute> = {}): Dispute {
  const versions = { left: { path: 'f', entry: left }, right: { path: 'f', entry: right } };
  return { kind: 'edit-edit', versions, taken: () => false, shelf, ...more };
}

/** `right update f`, `left move g from f`. Null: the choice says nothing. */
function said(one: Dispute, choice: Choice): readonly string[] | null {
  const transitions = transitionsFor(one, choice);
  if (transitions === null) return null;
  return transitions.map((each) => {
    const from = 'from' in each && each.from !== each.path ? ` from ${each.from}` : '';
    return `${each.side} ${each.kind} ${each.path}${from}${each.moved ? ', moved' : ''}`;
  });
}

const keep = (side: string): Choice => ({ choice: 'keep', side });
const both: Choice = { choice: 'keep-both' };

test('the side that is kept is brought to the other, which is expected as it is now', () => {
  const found = transitionsFor(dispute(older, newer), keep('left'));
  const { signature: _, ...content } = older;
  assert.deepEqual(found, [
    {
      kind: 'update',
      side: 'right',
      path: 'f',
      expected: newer,
      content,
      source: older,
      from: 'f',
    },
  ]);
  assert.deepEqual(said(dispute(older, newer), keep('right')), ['left update f']);
  assert.equal(said(dispute(older, newer), keep('middle')), null);
});

test('the newest is by time, the largest by size, and of two alike neither is', () => {
  const newest: Choice = { choice: 'keep-newest' };
  const largest: Choice = { choice: 'keep-largest' };
  assert.deepEqual(said(dispute(older, newer), newest), ['left update f']);
  assert.deepEqual(said(dispute(newer, older), newest), ['right update f']);
  assert.deepEqual(said(dispute(older, newer), largest), ['right update f']);
  assert.deepEqual(said(dispute(link('x'), newer), largest), ['left update f']);
  assert.equal(said(dispute(older, older), newest), null);
  assert.equal(said(dispute(link('x'), folder()), largest), null);
  // What is gone is neither.
  for (const choice of [newest, largest]) {
    assert.deepEqual(said(dispute(older, null), choice), ['right create f']);
    assert.deepEqual(said(dispute(null, link('x')), choice), ['left create f']);
  }
});

test('a deletion that is kept deletes, and where both are gone nothing is to be done', () => {
  assert.deepEqual(said(dispute(older, null), keep('right')), ['left delete f']);
  assert.deepEqual(said(dispute(older, null), keep('left')), ['right create f']);
  assert.deepEqual(said(dispute(null, null), keep('left')), []);
  assert.deepEqual(said(dispute(null, null), both), []);
});

test('I4 a folder that gives way goes to the trash as a whole', () => {
  assert.deepEqual(said(dispute(older, folder()), keep('left')), [
    `right move ${shelf('f')} from f`,
    'right create f',
  ]);
  assert.deepEqual(said(dispute(older, folder()), keep('right')), [
    'left delete f',
    'left create f',
  ]);
  assert.deepEqual(said(dispute(null, folder()), keep('left')), [
    `right move ${shelf('f')} from f`,
  ]);
  const [away] = transitionsFor(dispute(null, folder()), keep('left')) ?? [];
  assert.equal(away?.kind === 'move' && away.via, shelf('f'));
});

test('of two places the one that is kept is moved to on the other side', () => {
  const versions = { left: { path: 'f', entry: older }, right: { path: 'g', entry: newer } };
  const places = dispute(older, newer, { kind: 'place', versions });
  assert.deepEqual(said(places, keep('left')), ['right move f from g']);
  assert.deepEqual(said(places, keep('right')), ['left move g from f']);
  assert.deepEqual(said(places, both), ['right create f', 'left create g']);
  const names = { ...places, kind: 'name' };
  assert.deepEqual(said(names, keep('left')), ['right delete g', 'right create f']);
  assert.deepEqual(said(names, both), ['right create f', 'left create g']);
});

test('I10 to keep both, the loser steps aside under a second name, and each goes over', () => {
  const copy = 'f (conflict right 1970-01-01 00.00.02)';
  assert.deepEqual(said(dispute(older, newer), both), [
    `right move ${copy} from f`,
    'right create f',
    `left create ${copy}, moved`,
  ]);
  const taken = dispute(older, newer, { taken: (path) => path === copy });
  const [aside] = said(taken, both) ?? [];
  assert.match(aside ?? '', /^right move f \(conflict right .+\) from f$/);
  assert.notEqual(aside, `right move ${copy} from f`);
});

test('of what is on one side only, both are what is there', () => {
  assert.deepEqual(said(dispute(older, null), both), ['right create f']);
  assert.deepEqual(said(dispute(null, newer), both), ['left create f']);
});
