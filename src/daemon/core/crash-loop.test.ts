import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, ended, type Start, safeModeCause } from './crash-loop.ts';

const minute = 60_000;

function crashes(...minutes: readonly number[]): readonly Start[] {
  return minutes.map((at) => ({ at: at * minute, end: 'running' as const, cause: null }));
}

test('CR-15 five ends without being asked to, within ten minutes, lead to safe mode', () => {
  assert.equal(safeModeCause(crashes(1, 2, 3, 4), 5 * minute), null);
  assert.match(safeModeCause(crashes(1, 2, 3, 4, 5), 6 * minute) ?? '', /5 times in ten minutes/);
});

test('CR-15 what is longer ago than ten minutes does not count', () => {
  assert.equal(safeModeCause(crashes(1, 2, 3, 4, 5), 11.5 * minute), null);
});

test('CR-15 a clean end in between is a new beginning', () => {
  const starts = [...ended(crashes(1, 2, 3, 4), 'clean', null), ...crashes(5, 6)];
  assert.equal(safeModeCause(starts, 7 * minute), null);
});

test('only the last start is told how it ended', () => {
  const starts = ended(crashes(1, 2), 'crashed', 'no memory');
  assert.deepEqual(
    starts.map(({ end, cause }) => [end, cause]),
    [
      ['running', null],
      ['crashed', 'no memory'],
    ],
  );
});

test('CR-15 the cause is what the last one could still say', () => {
  const starts = [...ended(crashes(1, 2, 3, 4), 'crashed', 'no memory'), ...crashes(5)];
  assert.match(safeModeCause(starts, 6 * minute) ?? '', /Last heard: no memory/);
  assert.match(safeModeCause(crashes(1, 2, 3, 4, 5), 6 * minute) ?? '', /left no word/);
});

test('starts of a clock that was set back do not count, and few are kept', () => {
  assert.equal(safeModeCause(crashes(20, 21, 22, 23, 24), 5 * minute), null);
  let starts: readonly Start[] = [];
  for (let at = 0; at < 100; at += 1) starts = begun(starts, at);
  assert.equal(starts.length, 20);
  assert.deepEqual(starts.at(-1), { at: 99, end: 'running', cause: null });
});
