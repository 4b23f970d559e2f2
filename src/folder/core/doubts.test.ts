import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  base,
  file,
  folder,
  inputOf,
  link,
  plan,
  row,
  said,
  same,
  seen,
} from '../../../test/support/rows.ts';
import { doubts, largeBytes } from './doubts.ts';
import type { Entry, Row } from './entry.ts';

const asked = (...rows: Row[]) => doubts(inputOf(rows)).map(({ side }) => side);
const B = file('b');
const withDigest = file('b', { digest: 'b' });

test('two files of one size that both changed are read, those of different sizes are not', () => {
  assert.deepEqual(asked(row('p', null, file('xx'), file('yy'))), ['left', 'right']);
  assert.deepEqual(asked(row('p', null, file('xx'), file('yyy'))), []);
  assert.deepEqual(asked(row('p', B, file('xx'), file('yy'))), ['left', 'right']);
  assert.deepEqual(asked(row('p', null, link('xx'), file('yy'))), []);
});

test('I10 a first run reads what has one size on both sides, even if the times are one too', () => {
  const first = inputOf([row('p', null, file('x'), file('x'))], { baselineTrusted: false });
  const sidesRead = doubts(first).map(({ side }) => side);
  assert.deepEqual(sidesRead, ['left', 'right']);
});

test('I10 what is new or edited on both sides since is read even if size and time are one', () => {
  assert.deepEqual(asked(row('p', null, file('x'), file('x'))), ['left', 'right']);
  const edited = file('longer', { timeMs: 9 });
  assert.deepEqual(asked(row('p', B, edited, edited)), ['left', 'right']);
});

test('an empty file is like another', () => {
  assert.deepEqual(asked(row('p', null, file('', { timeMs: 1 }), file('', { timeMs: 2 }))), []);
});

test('a touched file is compared with the known digest, else with the other side', () => {
  const touched = file('b', { timeMs: 9 });
  assert.deepEqual(asked(row('p', withDigest, touched, same)), ['left']);
  assert.deepEqual(asked(row('p', B, touched, same)), ['left', 'right']);
  assert.deepEqual(asked(row('p', B, touched, absent)), []);
});

test('a lone touched file above the limit is taken as edited, a pair of them is read', () => {
  const large = (timeMs: number) => file('b', { timeMs, size: largeBytes + 1 });
  assert.deepEqual(asked(row('p', large(1), large(2), same)), []);
  assert.deepEqual(asked(row('p', large(1), large(2), large(3))), ['left', 'right']);
});

test('MT-4 a signature that proves nothing by itself is looked into', () => {
  const racy: Entry = { ...B, signature: { ...B.signature, racy: true } };
  const known = { ...row('p', B, seen(racy), same), base: base(racy) };
  assert.deepEqual(asked(known), ['left', 'right']);
});

test('another file with the size and time of the former is looked into', () => {
  const other = file('b', { inode: 99 });
  assert.deepEqual(asked(row('p', withDigest, other, same)), ['left']);
  assert.deepEqual(said(plan([row('p', B, other, same)])), ['right update p']);
});

test('what is known already is not asked for', () => {
  const rows = [row('p', null, file('xx', { digest: '1' }), file('yy', { digest: '2' }))];
  assert.deepEqual(asked(...rows), []);
  assert.deepEqual(said(plan(rows)), ['conflict edit-edit p']);
});

test('a touched file whose bytes are the agreed ones only passes on its time', () => {
  const touched = file('b', { timeMs: 9, digest: 'b' });
  const rows = [row('p', B, touched, seen(withDigest))];
  assert.deepEqual(said(plan(rows)), ['right metadata p']);
});

test('a file that only one side has, or that both hold in two sizes, is not read', () => {
  assert.deepEqual(asked(row('p', null, file('xx'), absent)), []);
  assert.deepEqual(asked(row('p', null, file('xx'), folder())), []);
  assert.deepEqual(asked(row('p', B, file('xx'), file('yyy'))), []);
  assert.deepEqual(asked(row('p', B, file('xx'), same)), []);
  assert.deepEqual(asked(row('p', withDigest, file('xx', { timeMs: 5 }), same)), []);
  assert.deepEqual(asked(row('p', B, file('b', { timeMs: 9 }), file('yyy'))), []);
});

test('what is just as it was is not read, whatever is known of it', () => {
  assert.deepEqual(asked(row('p', withDigest, B, same)), []);
  assert.deepEqual(asked(row('p', B, B, same)), []);
});

test('I10 without a baseline to trust what was agreed on is read as on a first run', () => {
  const known = [row('p', B, same, same)];
  assert.deepEqual(asked(...known), []);
  assert.deepEqual(doubts(inputOf(known, { baselineTrusted: false })), [
    { side: 'left', path: 'p' },
    { side: 'right', path: 'p' },
  ]);
});

test('a file that both sides touched is read on both, though the agreed bytes are known', () => {
  const touched = file('b', { timeMs: 9 });
  assert.deepEqual(asked(row('p', withDigest, touched, touched)), ['left', 'right']);
  assert.deepEqual(asked(row('p', withDigest, touched, absent)), ['left']);
});

test('four mebibytes are still read, and more too where only the change time moved', () => {
  assert.equal(largeBytes, 4_194_304);
  const sized = (size: number, timeMs: number) => file('b', { timeMs, size });
  const asIs = sized(largeBytes, 1);
  assert.deepEqual(asked(row('p', asIs, sized(largeBytes, 2), same)), ['left', 'right']);
  const large = sized(largeBytes + 1, 1);
  const restamped = { ...large, signature: { ...large.signature, ctimeMs: 7 } };
  assert.deepEqual(asked(row('p', large, restamped, same)), ['left', 'right']);
  const known = file('b', { timeMs: 1, size: largeBytes + 1, digest: 'b' });
  assert.deepEqual(asked(row('p', known, sized(largeBytes + 1, 2), same)), ['left']);
});
