import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, file, folder } from '../../../test/support/rows.ts';
import { contentOf } from './change.ts';
import type { Done, Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import { pathsChanged, pathsMet } from './paths-to-sync.ts';
import type { Agreement, Transition } from './plan.ts';
import { Transitions } from './transitions.ts';

const source = file('new');
const reading = { source, content: contentOf(source) };
const signature = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
const done: Done = { state: 'done', signature, bytes: 0 };
const failed: Outcome = { state: 'failed', code: 'folder-disk-failed', reason: 'it broke' };

const carries: readonly Agreement[] = [{ path: 'to/in', base: null }];
const plan: readonly (readonly [Transition, Outcome])[] = [
  [{ kind: 'create', side: 'left', path: 'made', from: 'made', ...reading }, done],
  [
    { kind: 'update', side: 'right', path: 'edited', from: 'edited', ...reading, expected: source },
    { ...done, trashed: '.syncmgr/trash/now/edited' },
  ],
  [
    { kind: 'delete', side: 'left', path: 'gone', expected: source },
    { ...done, signature: null, trashed: '.syncmgr/trash/now/gone' },
  ],
  [{ kind: 'metadata', side: 'right', path: 'mode', ...reading, expected: source }, done],
  [{ kind: 'move', side: 'left', path: 'to', from: 'from', expected: folder(), carries }, done],
  [{ kind: 'create', side: 'left', path: 'not made', from: 'not made', ...reading }, failed],
  [{ kind: 'delete', side: 'right', path: 'not begun', expected: source }, { state: 'left' }],
];
const transitions = Transitions.of(plan.map(([transition]) => transition));
const outcomes = Outcomes.of(plan.map(([, outcome]) => outcome));
const agreements: readonly Agreement[] = [
  { path: 'same', base: base(source) },
  { path: 'gone on both', base: null },
];

test('I3 what a side has that this run did not write there is met, where the baseline will speak of it', () => {
  const met = (side: 'left' | 'right') => pathsMet(transitions, outcomes, agreements, side);
  assert.deepEqual(met('left'), ['edited', 'mode', 'to', 'to/in', 'same']);
  assert.deepEqual(met('right'), ['made', 'mode', 'to', 'to/in', 'same']);
});

test('FS-11 what was written on a side, taken away there, or put into its trash is changed', () => {
  const changed = (side: 'left' | 'right') => pathsChanged(transitions, outcomes, side);
  const trash = ['.syncmgr/trash/now', '.syncmgr/trash', '.syncmgr'];
  const left = ['made', 'gone', 'to', 'from', '.syncmgr/trash/now/gone', ...trash];
  assert.deepEqual(changed('left'), left);
  const right = ['edited', 'mode', '.syncmgr/trash/now/edited', ...trash];
  assert.deepEqual(changed('right'), right);
});
