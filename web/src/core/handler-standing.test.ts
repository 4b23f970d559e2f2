import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlerStanding, sourceWords } from './handler-standing.ts';

test('a handler is told by the worst that is known of it', () => {
  const since = '2026-11-27T12:00:00Z';
  const told = (disabledSince: string | null, failures: number, apartSince: string | null) => {
    const { tone, word } = handlerStanding({ disabledSince, failures, apartSince });
    return `${tone} ${word}`;
  };
  assert.equal(told(since, 5, since), 'bad Off: failed too often');
  assert.equal(told(null, 1, since), 'wait Failed 1 of 5 times');
  assert.equal(told(null, 0, since), 'wait In a process of its own');
  assert.equal(told(null, 0, null), 'good Ready');
});

test('where a handler comes from has words', () => {
  assert.deepEqual(Object.values(sourceWords), [
    'comes along',
    'a module of yours',
    'a program of yours',
  ]);
});
