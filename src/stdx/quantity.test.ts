import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  counted,
  formatCount,
  formatDuration,
  formatShare,
  formatSize,
  parseDuration,
  parseRate,
  parseShare,
  parseSize,
} from './quantity.ts';

const cases = <T>(
  parse: (text: string) => T | null,
  expected: Readonly<Record<string, T | null>>,
) => {
  for (const [text, value] of Object.entries(expected)) {
    assert.equal(parse(text), value, JSON.stringify(text));
  }
};

test('a size is read with or without a unit, in steps of 1024', () => {
  cases(parseSize, {
    '0': 0,
    '10': 10,
    '10b': 10,
    '1k': 1024,
    '1.5G': 1_610_612_736,
    '200 MiB': 209_715_200,
    '2TB': 2 * 2 ** 40,
    '': null,
    '-1': null,
    '1X': null,
    ten: null,
    '1 2': null,
  });
});

test('a rate is a size with or without a second, or off', () => {
  cases(parseRate, { '10M': 10_485_760, '500 KiB/s': 512_000, '1/sec': 1, off: 0, fast: null });
});

test('a duration adds up its parts, and a bare number is seconds', () => {
  cases(parseDuration, {
    '90': 90_000,
    '1.5s': 1500,
    '1h30m': 5_400_000,
    '2 d': 172_800_000,
    '250ms': 250,
    '1w': 604_800_000,
    '': null,
    h: null,
    '5x': null,
    '-5s': null,
  });
});

test('a share is a percentage from 0 to 100', () => {
  cases(parseShare, {
    '20%': 0.2,
    '0.5 %': 0.005,
    '100%': 1,
    '101%': null,
    '20': null,
    '-1%': null,
  });
});

test('what is written for people is short and has its unit', () => {
  assert.equal(formatSize(0), '0 B');
  assert.equal(formatSize(1023), '1023 B');
  assert.equal(formatSize(1536), '1.5 KiB');
  assert.equal(formatSize(1023.9 * 1024), '1.0 MiB');
  assert.equal(formatSize(150 * 2 ** 30), '150 GiB');
  assert.equal(formatDuration(40), '0.0 s');
  assert.equal(formatDuration(65_000), '1 min 5 s');
  assert.equal(formatDuration(3_600_000 * 50), '2 d 2 h');
  assert.equal(formatCount(1_234_567), '1,234,567');
  assert.equal(counted(1, 'entry', 'entries'), '1 entry');
  assert.equal(counted(2000, 'entry', 'entries'), '2,000 entries');
  assert.equal(formatShare(0.123), '12.3 %');
});

test('every size that is written is read as nearly the same size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => {
      const read = parseSize(formatSize(bytes)) ?? Number.NaN;
      assert.ok(Math.abs(read - bytes) <= Math.max(0, bytes * 0.06), `${bytes} → ${read}`);
    }),
    { seed: Number(process.env.SEED ?? 1) },
  );
});
