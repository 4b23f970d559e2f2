import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesAfter, Gathering, withOwn } from './batch.ts';

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('a batch is the events in order, then what passes, then what is for one name alone', () => {
  const gathering = new Gathering();
  gathering.add(3, 'three ü\n');
  gathering.add(4, 'four\n');
  const batch = gathering.take('passing\n');
  assert.equal(textOf(batch.bytes), 'three ü\nfour\npassing\n');
  assert.deepEqual(batch.sequences, [3, 4]);
  assert.equal(textOf(withOwn(batch, 'own\n').bytes), 'three ü\nfour\npassing\nown\n');
  assert.equal(textOf(withOwn(batch, 'own\n').own), 'own\n');
});

test('who saw some of its events is told the others and all the rest', () => {
  const gathering = new Gathering();
  for (const sequence of [3, 4, 6]) gathering.add(sequence, `${sequence}ü\n`);
  const batch = withOwn(gathering.take('passing\n'), 'own\n');
  const after = (seen: number) => textOf(bytesAfter(batch, seen));
  assert.equal(after(2), '3ü\n4ü\n6ü\npassing\nown\n');
  assert.equal(after(4), '6ü\npassing\nown\n');
  assert.equal(after(5), '6ü\npassing\nown\n');
  assert.equal(after(6), 'passing\nown\n');
});

test('a moment knows nothing of the one before, however much that was', () => {
  const gathering = new Gathering();
  const long = 'ü'.repeat(100_000);
  gathering.add(1, long);
  gathering.add(2, long);
  const first = gathering.take('');
  gathering.add(3, 'x');
  assert.equal(textOf(gathering.take('').bytes), 'x');
  assert.equal(textOf(first.bytes), long + long);
  assert.equal(gathering.take('').bytes.length, 0);
});
