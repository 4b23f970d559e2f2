import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Output } from './output.ts';

test('HN-10 of a flood the first lines are shown, the last are kept, and the others are counted', () => {
  const output = new Output();
  const shown = Array.from({ length: 10_000 }, (_, at) => output.add(`line ${at}`));
  assert.deepEqual(
    shown.filter((line) => line !== null),
    Array.from({ length: 200 }, (_, at) => `line ${at}`),
  );
  const rest = output.rest();
  assert.equal(rest[0], '… 9500 lines were left out …');
  assert.equal(rest.length, 301);
  assert.equal(rest.at(-1), 'line 9999');
  assert.deepEqual(output.rest(), []);
  // What is kept afterwards is counted from nothing.
  assert.equal(output.add('more'), null);
  assert.deepEqual(output.rest(), ['more']);
});

test('HN-10 long lines are cut, and together they are within a bound', () => {
  const output = new Output();
  for (let turn = 0; turn < 10_000; turn++) output.add('x'.repeat(100_000));
  const characters = output.rest().reduce((sum, line) => sum + line.length, 0);
  assert.ok(characters <= 2 ** 20 + 100, `${characters}`);
});

test('HN-10 a line of 4096 characters is whole, and of a longer one as many are shown', () => {
  const output = new Output();
  assert.equal(output.add('x'.repeat(4_096))?.length, 4_096);
  assert.equal(output.add('x'.repeat(4_097))?.length, 4_096);
});

test('an empty line is none', () => {
  const output = new Output();
  assert.equal(output.add('  \r'), null);
  assert.deepEqual(output.rest(), []);
});
