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

test('of lines that moved the longest part in common stays, and a deletion comes before what is new', () => {
  assert.deepEqual(signs('a\nb\nc\nd', 'b\nc\nd\na'), ['-a', ' b', ' c', ' d', '+a']);
  assert.deepEqual(signs('a', 'b'), ['-a', '+b']);
  assert.deepEqual(signs('x\na\nb', 'a\ny\nb'), ['-x', ' a', '+y', ' b']);
  assert.deepEqual(signs('a\nx\nb\nc', 'c\na\nb'), ['+c', ' a', '-x', ' b', '-c']);
});

test('two lines before and after a difference are shown, and no more', () => {
  const lines = Array.from({ length: 11 }, (_, at) => `${at}`);
  const other = lines.with(5, 'five');
  assert.deepEqual(signs(lines.join('\n'), other.join('\n')), [
    ...[' 3', ' 4', '-5', '+five', ' 6', ' 7'],
  ]);
});

test('an end of the last line that only one has is a difference', () => {
  assert.deepEqual(signs('a\n', 'a'), [' a', '-']);
  assert.deepEqual(signs('a', 'a\n'), [' a', '+']);
});

test('texts of a million pairs of lines are still compared', () => {
  assert.deepEqual(lineDifference('\n'.repeat(1_000), '\n'.repeat(1_000)), []);
  assert.ok(lineDifference('\n'.repeat(1_001), 'x\n'.repeat(1_000)) === null);
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
