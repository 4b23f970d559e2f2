import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyReport, nothingShown, shownEveryMs, waitBeforeShowing } from './progress.ts';

const number = fc.oneof(
  fc.integer({ min: -5, max: 200 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308),
);
const report = fc.record(
  { value: number, max: number, bytes: number, bytesMax: number, text: fc.string() },
  { requiredKeys: [] },
);
const seed = Number(process.env.SEED ?? 1);

test('S6 what is shown never runs backwards and never past its end', () => {
  fc.assert(
    fc.property(fc.array(report, { maxLength: 20 }), (reports) => {
      let shown = nothingShown;
      for (const one of reports) {
        const next = applyReport(shown, one);
        assert.ok(next.value >= shown.value && next.bytes >= shown.bytes);
        assert.ok(next.max === 0 || next.value <= next.max);
        assert.ok(next.bytesMax === 0 || next.bytes <= next.bytesMax);
        assert.ok(Number.isSafeInteger(Math.floor(next.value)) && next.max >= 0);
        shown = next;
      }
    }),
    { seed },
  );
});

test('A30 members that are not reported keep their former value', () => {
  const first = applyReport(nothingShown, { status: 'updating', text: 'x', value: 3, max: 10 });
  assert.deepEqual(applyReport(first, { text: 'y' }), { ...first, text: 'y' });
  assert.deepEqual(applyReport(first, { value: 5, max: 20 }), { ...first, value: 5, max: 20 });
});

test('before anything is reported nothing is done of an unknown length', () => {
  const { status, text, ...numbers } = nothingShown;
  assert.deepEqual([status, text], ['pending', '']);
  assert.deepEqual(Object.values(numbers), [0, 0, 0, 0]);
});

test('HN-10 of a text the first 1024 letters are shown', () => {
  assert.equal(applyReport(nothingShown, { text: 'x'.repeat(1_024) }).text.length, 1_024);
  assert.equal(applyReport(nothingShown, { text: 'x'.repeat(1_025) }).text.length, 1_024);
});

test('A30 a maximum of 0 or less is an unknown length', () => {
  assert.equal(applyReport(nothingShown, { value: 7, max: -1 }).max, 0);
  assert.equal(applyReport(nothingShown, { value: 7, max: -1 }).value, 7);
  const known = applyReport(nothingShown, { value: 7, max: 9 });
  assert.deepEqual(applyReport(known, { value: 20, max: 0 }), { ...known, value: 20, max: 0 });
});

test('S6 an item that ended shows no more progress', () => {
  const ended = applyReport(nothingShown, { status: 'succeeded', value: 4, max: 4 });
  assert.deepEqual(applyReport(ended, { status: 'updating', value: 9, max: 9 }), ended);
});

test('HN-10 an item is shown at most ten times a second', () => {
  assert.equal(waitBeforeShowing(null, 5), 0);
  assert.equal(waitBeforeShowing(1_000, 1_040), shownEveryMs - 40);
  assert.equal(waitBeforeShowing(1_000, 1_100), 0);
});
