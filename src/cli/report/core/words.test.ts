import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activePhases, endings } from '../../../model/session.ts';
import { countsTable, total } from './counts.ts';
import { changeKinds, changeWords, countsBySide, phaseWords } from './words.ts';

test('each phase and each end has words of its own, but for what waits for approval', () => {
  const words = [...activePhases, ...endings].map((phase) => phaseWords[phase]);
  assert.ok(words.every((text) => text !== ''));
  assert.equal(new Set(words).size, words.length - 1);
  assert.equal(phaseWords.halted, phaseWords['awaiting-approval']);
});

test('each kind of change has a word of its own', () => {
  const words = Object.values(changeWords);
  assert.ok(words.every((text) => text !== ''));
  assert.equal(new Set(words).size, changeKinds.length);
});

test('counts are told by side and kind, and those without a side by kind alone', () => {
  const counts = { 'left.create': 3, 'right.update': 1, 'left.delete': 2, other: 4 };
  assert.deepEqual(countsBySide(counts), {
    left: { create: 3, delete: 2 },
    right: { update: 1 },
    '': { other: 4 },
  });
  assert.deepEqual(countsBySide({ '.create': 1, create: 2 }), { '': { create: 3 } });
  assert.equal(total(counts), 10);
});

test('the table of counts has a row for each kind that came to pass, and a column for each side', () => {
  const counts = { 'right.create': 1200, 'left.create': 0, 'left.delete': 3, 'right.move': 0 };
  assert.deepEqual(countsTable(counts), [
    '           left  right',
    '  new         ·  1,200',
    '  deleted     3      ·',
  ]);
  assert.deepEqual(countsTable({ 'left.create': 0 }), []);
  assert.deepEqual(countsTable({}), []);
});
