import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, mergedText, withLineEndsOf } from './merging.ts';

const left = 'title\napples\npears\nend\n';
const right = 'title\napples\nplums\nend\nmore';

test('two texts are pieces that are the same and pieces that differ, in order', () => {
  assert.deepEqual(
    blocksOf(left, right).map((block) =>
      block.kind === 'same' ? block.lines.length : [block.number, block.left, block.right],
    ),
    [2, [0, ['pears\n'], ['plums\n']], 1, [1, [], ['more']]],
  );
});

test('taking one side everywhere is that side, byte for byte', () => {
  const blocks = blocksOf(left, right);
  assert.equal(mergedText(blocks, { 0: 'left', 1: 'left' }), left);
  assert.equal(mergedText(blocks, { 0: 'right', 1: 'right' }), right);
});

test('what nobody chose is there twice, the left first, each on lines of its own', () => {
  assert.equal(mergedText(blocksOf(left, right), {}), 'title\napples\npears\nplums\nend\nmore');
  assert.equal(mergedText(blocksOf('a', 'b'), {}), 'a\nb');
  assert.equal(mergedText(blocksOf('', 'b'), { 0: 'left' }), '');
});

test('texts with nothing in common are one piece, however long', () => {
  const lines = (word: string) =>
    Array.from({ length: 9_000 }, (_, at) => `${word}${at}\n`).join('');
  const blocks = blocksOf(lines('a'), lines('b'));
  assert.equal(blocks.length, 1);
  assert.equal(mergedText(blocks, { 0: 'right' }), lines('b'));
});

test('the ends of lines stay as both versions have them', () => {
  assert.equal(withLineEndsOf('a\nb\n', ['x\r\ny\r\n', 'z\r\n']), 'a\r\nb\r\n');
  assert.equal(withLineEndsOf('a\nb\n', ['x\r\n', 'z\n']), 'a\nb\n');
  assert.equal(withLineEndsOf('a\r\nb\n', ['\r\n']), 'a\r\nb\r\n');
});
