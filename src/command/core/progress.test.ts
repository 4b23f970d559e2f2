import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressOf } from './progress.ts';

test('what a line tells of progress is taken over, and nothing beside it', () => {
  assert.deepEqual(progressOf({}), {});
  assert.deepEqual(
    progressOf({ text: 'a.txt', value: '3', max: '7', bytes: '1,000', bytesMax: '2,000' }),
    { text: 'a.txt', value: 3, max: 7, bytes: 1_000, bytesMax: 2_000 },
  );
  assert.deepEqual(progressOf({ value: 'three', bytes: 'many' }), {});
});

test('a percentage and a share are so many of a hundred', () => {
  assert.deepEqual(progressOf({ percent: '41.6' }), { value: 42, max: 100 });
  assert.deepEqual(progressOf({ share: '0.5' }), { value: 50, max: 100 });
  assert.deepEqual(progressOf({ percent: '10', share: '0.5' }), { value: 10, max: 100 });
  assert.deepEqual(progressOf({ percent: '120' }), { value: 100, max: 100 });
  assert.deepEqual(progressOf({ percent: '-3' }), { value: 0, max: 100 });
});

test('a number of entries outranks a percentage', () => {
  assert.deepEqual(progressOf({ value: '3', percent: '41' }), { value: 3 });
});
