import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionShape } from '../data/shapes.ts';
import { comparisonOf, inOrder } from './comparison.ts';

const session = (startedAt: string, counts: Readonly<Record<string, number>> | null) =>
  ({
    startedAt,
    durationMs: counts === null ? null : 1_000,
    result: counts === null ? null : { counts, bytes: 7, problems: 0, conflicts: 2 },
  }) as unknown as SessionShape;

test('two runs are compared by every kind of change that one of them has', () => {
  const rows = comparisonOf(
    session('2026-01-01', { 'right.create': 3 }),
    session('2026-01-02', { 'left.delete': 1 }),
  );
  assert.deepEqual(
    rows.slice(4).map(({ label, earlier, later }) => [label, earlier, later]),
    [
      ['deleted, left', 0, 1],
      ['new, right', 3, 0],
    ],
  );
  assert.deepEqual(rows[0], { label: 'Took', unit: 'duration', earlier: 1_000, later: 1_000 });
});

test('a run that left no result has no numbers, and the older one stands first', () => {
  const [older, newer] = [session('2026-01-01', {}), session('2026-01-02', null)];
  assert.deepEqual(inOrder(newer, older), [older, newer]);
  assert.equal(comparisonOf(older, newer)[1]?.later, null);
});
