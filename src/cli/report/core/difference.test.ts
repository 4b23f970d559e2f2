import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineDifference } from './difference.ts';

const signs = (one: string, other: string) =>
  lineDifference(one, other)?.map(({ sign, text }) => `${sign}${text}`);

test('lines that differ stand with a sign, those beside them for orientation', () => {
  assert.deepEqual(signs('one\ntwo\nthree\n', 'one\nTWO\nthree\n'), [
    ' one',
    '-two',
    '+TWO',
    ' three',
  ]);
});

test('far from any difference nothing is shown', () => {
  const common = Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n');
  assert.deepEqual(signs(common, `${common}\nmore`), [' line 18', ' line 19', '+more']);
  assert.deepEqual(signs(common, common), []);
});

test('texts that are too long for it are left to a program made for it', () => {
  assert.equal(lineDifference('\n'.repeat(2000), 'x\n'.repeat(2000)), null);
});

test('the signs make each text out of the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const lines = lineDifference(left.join('\n'), right.join('\n')) ?? [];
      const of = (sign: string) =>
        lines.filter((line) => line.sign !== sign).map((line) => line.text);
      const differs = left.join('\n') !== right.join('\n');
      assert.deepEqual(of('+'), differs ? left.join('\n').split('\n') : []);
      assert.deepEqual(of('-'), differs ? right.join('\n').split('\n') : []);
    }),
    { seed: Number(process.env.SEED ?? 1) },
  );
});
