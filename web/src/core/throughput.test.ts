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

const at = (ms: number, bytes: number): Sample => ({ at: ms, bytes });

test('a rate looks five seconds back, and at one moment there is none', () => {
  assert.equal(rateOf([at(0, 0), at(1_000, 9_000), at(6_000, 10_000)]), 200);
  assert.equal(rateOf([at(0, 0), at(5_000, 10_000)]), 2_000);
  assert.equal(rateOf([at(0, 7)]), 0);
  assert.equal(rateOf([at(0, 0), at(0, 7)]), 0);
});

test('how long it takes is said from the first byte of a known total to the last', () => {
  const samples = [at(0, 0), at(1_000, 1)];
  assert.equal(timeLeft(samples, 3), 2_000);
  assert.equal(timeLeft(samples, 1), null);
  assert.equal(timeLeft([at(0, 5), at(1_000, 5)], 9), null);
});

test('a sample that comes at a quarter of a second is kept, and one of two minutes ago is not', () => {
  assert.deepEqual(withSample([at(0, 1)], at(250, 1)), [at(0, 1), at(250, 1)]);
  assert.deepEqual(withSample([at(0, 1)], at(249, 1)), [at(0, 1)]);
  assert.deepEqual(withSample([at(0, 1), at(1, 1)], at(120_000, 1)), [at(1, 1), at(120_000, 1)]);
  assert.deepEqual(withRecent([at(0, 1), at(1, 1)], at(5_000, 1)), [at(1, 1), at(5_000, 1)]);
});

test('each point of the chart is the mean of the last second and a half', () => {
  const samples = [at(0, 0), at(500, 1_000), at(1_500, 1_500), at(3_000, 6_000)];
  assert.deepEqual(curve(samples), [
    [-2.5, -1.5, 0],
    [2_000, 1_000, 3_000],
  ]);
  assert.deepEqual(curve([at(0, 0), at(0, 5)]), [[], []]);
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
