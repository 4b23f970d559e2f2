import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logLine } from './log-line.ts';

const time = '2026-11-27T12:00:00Z';

test('a line for a person has its time, and its level where it is more than information', () => {
  assert.equal(logLine('plain', time, 'information', 'It is up.'), `${time} It is up.`);
  assert.equal(logLine('plain', time, 'error', 'It is not.'), `${time} error: It is not.`);
});

test('a line for the journal has its priority and no time', () => {
  const levels = ['information', 'warning', 'error'] as const;
  const lines = levels.map((level) => logLine('journal', time, level, 'a'));
  assert.deepEqual(lines, ['<6>a', '<4>a', '<3>a']);
});

test('a line for a program is an object', () => {
  const line = logLine('json', time, 'warning', 'a\nb');
  assert.deepEqual(JSON.parse(line), { time, level: 'warning', msg: 'a\nb' });
});

test('whatever stands in it, it is one line', () => {
  const text = 'a\nb\rc\u0085d\u2028e';
  for (const form of ['plain', 'journal'] as const) {
    assert.doesNotMatch(logLine(form, time, 'error', text), /[\n\r\u0085\u2028]/);
  }
  assert.doesNotMatch(logLine('json', time, 'error', text), /[\n\r]/);
});
