import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  plan,
  posix,
  row,
  said,
  same,
  unknown,
} from '../../../test/support/rows.ts';
import { touchedBy, withoutDoubt } from './unfinished.ts';

const B = file('b', { digest: 'b' });
const X = file('xx', { digest: 'xx' });
const away = file('b', { digest: 'b', timeMs: 5 });
const nothing = new Set<string>();
const right = (...paths: string[]) => ({ left: nothing, right: new Set(paths) });

test('what is replaced, moved and deleted is remembered by side, beside what is remembered already', () => {
  const { transitions } = plan([
    row('a', B, X, same),
    row('b', B, same, absent),
    row('c', B, file('b', { mode: 0o600 }), same),
    row('n', null, file('n', { inode: 9 }), absent),
    row('m', file('m', { inode: 7 }), absent, same),
    row('o', null, file('m', { inode: 7 }), absent),
  ]);
  const touched = touchedBy(transitions, right('old'));
  assert.deepEqual([...touched.left], ['b']);
  assert.deepEqual(touched.right, new Set(['old', 'a', 'o', 'm']));
});

const believed = (unfinished: ReturnType<typeof right>, one: ReturnType<typeof row>) => {
  const { rows, forgotten } = withoutDoubt([one], unfinished, { left: posix, right: posix });
  const [left] = rows;
  assert.equal(left?.base === null, one.base === null || forgotten.length > 0);
  return forgotten;
};

test('I10 what may be the work of a run that was cut off is not believed where the other side is not as it was then', () => {
  assert.deepEqual(believed(right('p'), row('p', B, away, X)), ['p'], 'taken back');
  assert.deepEqual(believed(right('p'), row('p', B, same, X)), ['p'], 'and leaving no trace');
  assert.deepEqual(believed(right('p'), row('p', B, same, absent)), ['p'], 'after a deletion');
  assert.deepEqual(believed(right('d'), row('d/p', B, same, absent)), ['d/p'], 'in a folder');
  assert.deepEqual(believed(right('p'), row('p', B, X, file('yyy'))), ['p'], 'a conflict anyhow');
});

test('all else is believed after a run that was cut off', () => {
  assert.deepEqual(believed(right('q'), row('p', B, away, X)), [], 'another path');
  assert.deepEqual(believed(right('d'), row('d/p', B, away, X)), [], 'edited in what moved');
  assert.deepEqual(believed(right('p'), row('p', B, absent, X)), [], 'gone on the other');
  assert.deepEqual(believed(right('p'), row('p', B, X, same)), [], 'not done yet');
  assert.deepEqual(believed(right('p'), row('p', B, unknown('p'), X)), [], 'not seen');
  assert.deepEqual(believed(right('p'), row('p', null, X, X)), [], 'never agreed on');
});

test('I10 of two versions of which one may be the work of a run that was cut off neither wins', () => {
  const unfinished = right('p');
  const rows = [row('p', B, away, X)];
  assert.deepEqual(said(plan(rows)), ['left update p']);
  const asked = plan(rows, { unfinished });
  assert.deepEqual(said(asked), ['forget p', 'conflict edit-edit p']);
  assert.deepEqual(asked.agreements, [{ path: 'p', base: null }]);
});

test('I10 a file moved on one side and perhaps overwritten by such a run on the other is asked about where it went', () => {
  const was = file('b', { digest: 'b', inode: 7 });
  const rows = [row('n', null, was, absent), row('p', was, absent, X)];
  assert.deepEqual(said(plan(rows)), ['right move n from p', 'left update n']);
  assert.deepEqual(said(plan(rows, { unfinished: right('p') })), [
    'right move n from p',
    'forget p',
    'conflict edit-edit n',
  ]);
});

test('what such a run may have deleted comes back, with its folder', () => {
  const rows = [row('d', folder(), same, absent), row('d/p', B, same, absent)];
  assert.deepEqual(said(plan(rows)), ['left delete d/p', 'left delete d']);
  assert.deepEqual(said(plan(rows, { unfinished: right('d', 'd/p') })), [
    'right create d',
    'right create d/p',
    'forget d',
    'forget d/p',
  ]);
});
