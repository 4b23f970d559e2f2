import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainTerms } from '../../model/terms.ts';
import { idleFires } from './idle.ts';
import { fits, inOrder } from './leaving.ts';
import { settledAt, stir } from './settle.ts';

const minute = 60_000;

test('a folder is looked at when it has been quiet, and not later than a while after the first change', () => {
  let unrest = stir(null, 1_000);
  assert.equal(settledAt(unrest, 2_000), 3_000);
  unrest = stir(unrest, 2_500);
  assert.equal(settledAt(unrest, 2_000), 4_500);
  for (let at = 3_000; at < 60_000; at += 1_000) unrest = stir(unrest, at);
  assert.equal(settledAt(unrest, 2_000), 31_000);
  assert.equal(settledAt(unrest, 5_000), 51_000);
  assert.equal(settledAt(unrest, 10_000), 69_000);
});

test('idle fires after its delay, once until somebody was back, and again at its interval', () => {
  const { idle } = plainTerms;
  const quiet = { idleMs: 6 * minute, load: 0.1, onBattery: false };
  const now = 100 * minute;
  const rows = [
    [quiet, null, true],
    [{ ...quiet, idleMs: 4 * minute }, null, false],
    [{ ...quiet, idleMs: 5 * minute }, null, true],
    [{ ...quiet, load: 0.7 }, null, true],
    [{ ...quiet, idleMs: null }, null, false],
    [{ ...quiet, load: 0.9 }, null, false],
    [{ ...quiet, load: null, onBattery: null }, null, true],
    [{ ...quiet, onBattery: true }, null, false],
    [quiet, now - 1 * minute, false],
    [quiet, now - 6 * minute, false],
    [quiet, now - 7 * minute, true],
    [{ ...quiet, idleMs: 90 * minute }, now - 59 * minute, false],
    [{ ...quiet, idleMs: 90 * minute }, now - 60 * minute, true],
  ] as const;
  for (const [seen, firedAt, fires] of rows) {
    assert.equal(idleFires(idle, seen, now, firedAt), fires, JSON.stringify([seen, firedAt]));
  }
  const once = { ...idle, repeatMs: null, onBattery: true };
  assert.equal(idleFires(once, { ...quiet, idleMs: 90 * minute }, now, now - 80 * minute), false);
  assert.equal(idleFires(once, { ...quiet, onBattery: true }, now, null), true);
});

test('before the end the smallest go first, and what does not fit is not begun', () => {
  const leavers = [
    { partnership: 'new', lastMs: null },
    { partnership: 'big', lastMs: 9_000 },
    { partnership: 'small', lastMs: 10 },
  ];
  assert.deepEqual(
    inOrder(leavers).map(({ partnership }) => partnership),
    ['small', 'big', 'new'],
  );
  const fitting = (leftMs: number) => leavers.filter((one) => fits(one, leftMs)).length;
  assert.deepEqual([20_000, 9_000, 5_000, 1, 0, -5].map(fitting), [3, 3, 2, 1, 0, 0]);
});
