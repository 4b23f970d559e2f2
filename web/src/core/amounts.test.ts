import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amount } from './amount-words.ts';
import { amountsIn } from './amounts.ts';

const { count, size, rate, duration, share } = amountsIn('en');

test('a size has three digits at most, in the largest unit that it fills', () => {
  const sizes: readonly (readonly [number, string])[] = [
    [-5, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [99.9 * 1024, '99.9 KiB'],
    [100.4 * 1024, '100 KiB'],
    [2 ** 20, '1 MiB'],
    [2 ** 30, '1 GiB'],
    [2 ** 40, '1 TiB'],
    [2 ** 50, '1 PiB'],
    [2 ** 60, '1,024 PiB'],
  ];
  for (const [bytes, text] of sizes) assert.equal(size(bytes), text);
  assert.equal(rate(2048), '2 KiB/s');
});

test('a time is said in its two largest units', () => {
  const seconds: readonly (readonly [number, string])[] = [
    [-1, '0 s'],
    [1.44, '1.4 s'],
    [9.94, '9.9 s'],
    [10, '10 s'],
    [59.4, '59 s'],
    [60, '1 min 0 s'],
    [200.9, '3 min 20 s'],
    [3_599, '59 min 59 s'],
    [3_600, '1 h 0 min'],
    [7_500, '2 h 5 min'],
    [172_799, '47 h 59 min'],
    [172_800, '2 d 0 h'],
    [180_000, '2 d 2 h'],
  ];
  for (const [time, text] of seconds) assert.equal(duration(time * 1_000), text);
});

test('a share is within nothing and all, and numbers are written as the language does', () => {
  assert.deepEqual([-1, 0, 0.456, 1, 7].map(share), ['0%', '0%', '46%', '100%', '100%']);
  assert.equal(count(1_234_567.8), '1,234,568');
  assert.equal(amountsIn('de').size(1536), '1,5 KiB');
});

test('an amount in a file is a number where it is digits alone, and nothing is nothing said', () => {
  assert.equal(amount(''), null);
  assert.equal(amount('15'), 15);
  for (const text of ['1.5G', '1'.repeat(16), ' 1', 'x1']) assert.equal(amount(text), text);
});
