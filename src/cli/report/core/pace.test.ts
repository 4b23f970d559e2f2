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

test('half a second is enough for a pace, and four seconds are kept', () => {
  assert.deepEqual(paceOf([sample(0, 0, 0), sample(500, 100, 5)]), {
    bytesPerSecond: 200,
    entriesPerSecond: 10,
  });
  assert.equal(paceOf([sample(1_000, 0), sample(1_499, 1)]), null);
  const kept = addSample([sample(0, 0), sample(1, 1)], sample(4_000, 2));
  assert.deepEqual(kept, [sample(1, 1), sample(4_000, 2)]);
  const still = addSample([sample(0, 5, 5)], sample(1, 5, 5));
  assert.deepEqual(still, [sample(0, 5, 5), sample(1, 5, 5)]);
  assert.deepEqual(addSample([sample(0, 5, 5)], sample(1, 6, 4)), [sample(1, 6, 4)]);
});

test('what is left of nothing takes no time', () => {
  const pace = { bytesPerSecond: 0, entriesPerSecond: 0 };
  assert.equal(timeLeft(pace, { bytes: 0, entries: 0 }), 0);
  assert.equal(timeLeft({ ...pace, entriesPerSecond: 1 }, { bytes: 0, entries: 1 }), 1_000);
  assert.equal(timeLeft({ ...pace, bytesPerSecond: 1 }, { bytes: 1, entries: 0 }), 1_000);
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
