import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLine, SessionShape } from '../../api/shapes.ts';
import type { ErrorRecord } from '../../model/error.ts';
import type { SessionResult } from '../../model/session.ts';
import type { Terminal } from '../terminal.ts';
import { type SummaryInput, summaryLines } from './summary.ts';

const terminal = { paint: (_: unknown, text: string) => text } as Terminal;

function lines(result: Partial<SessionResult>, more: Partial<SummaryInput> = {}) {
  const whole: SessionResult = {
    ending: 'succeeded',
    items: [],
    counts: {},
    bytes: 0,
    problems: 0,
    conflicts: 0,
    error: null,
    ...result,
  };
  const session = {
    partnership: { id: 'p', name: 'docs' },
    durationMs: 1200,
    result: whole,
  } as SessionShape;
  return summaryLines(
    {
      session,
      problems: [],
      conflicts: [],
      named: false,
      folders: true,
      reportedBy: null,
      ...more,
    },
    terminal,
  );
}

const problem = (subject: string, text: string) => ({ subject, text }) as LogLine;

test('a run that changed something says how much, where, and how long it took', () => {
  const counts = { 'right.create': 1200, 'left.delete': 2, 'right.move': 1 };
  assert.deepEqual(lines({ counts, bytes: 5 * 2 ** 20 }), [
    '✔ Both sides are the same: 1,203 changes made, 5.0 MiB copied in 1.2 s.',
    '           left  right',
    '  new         ·  1,200',
    '  deleted     2      ·',
    '  moved       ·      1',
  ]);
});

test('a run with nothing to do says so', () => {
  assert.deepEqual(lines({}), ['✔ Nothing to do: both sides are the same (1.2 s).']);
});

test('HN-08 what a handler says of its work is shown as its word, and a run without words is not', () => {
  const other = { folders: false, reportedBy: 'notes' };
  assert.deepEqual(lines({}, other), ['✔ Synchronized in 1.2 s.']);
  assert.equal(lines({ counts: { 'right.update': 2 } }, other).at(-1), '  reported by notes');
  const error: ErrorRecord = { code: 'x', text: 'No room.', retry: 'quota' };
  assert.deepEqual(lines({ ending: 'failed', error }, other).slice(1), [
    '  No room.',
    '  reported by notes',
  ]);
});

test('nothing is said about two sides where there are none, and numbers may be missing', () => {
  const other = { folders: false };
  assert.deepEqual(lines({}, other), ['✔ Synchronized in 1.2 s.']);
  assert.match(lines({ counts: { 'right.update': 2 } }, other)[0] ?? '', /^✔ 2 changes made/);
  assert.deepEqual(lines({ ending: 'stopped' }, other), ['! Stopped (1.2 s).']);
  const items = [
    { item: 'a', name: 'a', status: 'skipped' as const, error: null, finishedBeforeSkip: false },
  ];
  assert.deepEqual(lines({ ending: 'partial', items }, other), [
    '! Synchronized, except for what was skipped (1.2 s).',
  ]);
});

test('conflicts and problems are named, and the rest is said to be well', () => {
  const input = { conflicts: ['a\nb'], problems: [problem('c', 'permission denied')] };
  assert.deepEqual(lines({ ending: 'partial', conflicts: 1, problems: 1 }, input), [
    '! Nothing to do, except for what both sides changed and what failed (1.2 s).',
    'Could not be synchronized (1):',
    '  c: permission denied',
    'Changed on both sides, waiting for your decision (1):',
    '  a\\nb',
    '  See and settle them with: syncmgr conflicts',
  ]);
});

test('a failure shows its reason once', () => {
  const error: ErrorRecord = { code: 'x', text: 'The disk is gone.', retry: 'temporary' };
  const item = {
    item: 'i',
    name: 'i',
    status: 'failed',
    error,
    finishedBeforeSkip: false,
  } as const;
  assert.deepEqual(lines({ ending: 'failed', error, items: [item] }), [
    '✖ It failed.',
    '  The disk is gone.',
  ]);
});

test('of many problems the first are shown, and where the others are', () => {
  const problems = Array.from({ length: 13 }, (_, at) => problem(`f${at}`, 'no'));
  const shown = lines({ ending: 'partial', problems: 13 }, { problems });
  assert.equal(shown.at(-1), '  … and 3 more (syncmgr log shows all)');
});

test('among several each is named', () => {
  assert.match(lines({}, { named: true })[0] ?? '', /^docs: ✔ Nothing to do/);
});
