import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curve, rateOf, type Sample, timeLeft, withRecent, withSample } from './throughput.ts';

const steady = (seconds: number): readonly Sample[] =>
  Array.from({ length: seconds * 2 }, (_, at) => ({ at: at * 500, bytes: at * 500 })).reduce(
    withSample,
    [] as readonly Sample[],
  );

test('a steady flow has its rate, and what is left takes what is left of the bytes', () => {
  const samples = steady(20);
  assert.equal(rateOf(samples), 1_000);
  assert.equal(timeLeft(samples, 39 * 500 + 3_000), 3_000);
});

test('nothing is promised where nothing moves, and where the end is not known', () => {
  assert.equal(rateOf([]), 0);
  assert.equal(timeLeft([], 100), null);
  assert.equal(timeLeft(steady(5), 0), null);
});

test('a count that falls belongs to another session and begins anew', () => {
  assert.deepEqual(withSample(steady(5), { at: 9_000, bytes: 1 }), [{ at: 9_000, bytes: 1 }]);
});

test('of one of many items no more is kept than its rate needs', () => {
  const many = Array.from({ length: 400 }, (_, at) => ({ at: at * 250, bytes: at * 250 }));
  const samples = many.reduce((so, one) => withRecent(so, one), [] as readonly Sample[]);
  assert.ok(samples.length <= 21, String(samples.length));
  assert.equal(rateOf(samples), 1_000);
});

test('samples are kept for two minutes, and not closer than a quarter of a second', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => ({ at: at * 50, bytes: at }));
  const samples = many.reduce(withSample, [] as readonly Sample[]);
  assert.ok(samples.length <= 481, String(samples.length));
  const [seconds, rates] = curve(samples);
  assert.equal(seconds.length, rates.length);
  assert.ok(seconds.every((second) => second <= 0 && second >= -120));
});

test('pieces that are handed on in bursts are drawn as the flow that they are', () => {
  const bursts = Array.from({ length: 80 }, (_, at) => ({
    at: at * 250,
    bytes: Math.floor(at / 4) * 1_000,
  }));
  const [, rates] = curve(bursts);
  assert.ok(Math.max(...rates.slice(12)) < 1_400, `${Math.max(...rates.slice(12))}`);
  assert.deepEqual(curve([]), [[], []]);
});
