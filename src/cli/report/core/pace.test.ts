import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSample, paceOf, type Sample, timeLeft } from './pace.ts';

const sample = (at: number, bytes: number, entries = 0): Sample => ({ at, bytes, entries });

test('the pace is that of the last seconds, not of the whole run', () => {
  let samples: readonly Sample[] = [];
  for (let at = 0; at <= 10_000; at += 100) {
    const bytes = at < 5000 ? at * 100 : 500_000 + (at - 5000) * 10;
    samples = addSample(samples, sample(at, bytes));
  }
  assert.equal(Math.round(paceOf(samples)?.bytesPerSecond ?? 0), 10_000);
});

test('nothing is said about the pace before there is something to say', () => {
  assert.equal(paceOf([]), null);
  assert.equal(paceOf([sample(0, 0), sample(400, 100)]), null);
  assert.notEqual(paceOf([sample(0, 0), sample(600, 100)]), null);
});

test('counting that begins again forgets what was', () => {
  const samples = addSample([sample(0, 900), sample(1000, 1000)], sample(1100, 5));
  assert.deepEqual(samples, [sample(1100, 5)]);
});

test('the slower of bytes and entries decides how long it takes', () => {
  const pace = { bytesPerSecond: 100, entriesPerSecond: 1 };
  assert.equal(timeLeft(pace, { bytes: 1000, entries: 2 }), 10_000);
  assert.equal(timeLeft(pace, { bytes: 100, entries: 20 }), 20_000);
  assert.equal(timeLeft(null, { bytes: 1, entries: 1 }), null);
  const still = { bytesPerSecond: 0, entriesPerSecond: 2 };
  assert.equal(timeLeft(still, { bytes: 100, entries: 20 }), 10_000);
  assert.equal(
    timeLeft({ bytesPerSecond: 0, entriesPerSecond: 0 }, { bytes: 1, entries: 1 }),
    null,
  );
});
