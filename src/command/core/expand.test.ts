import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../model/json.ts';
import { expand } from './expand.ts';
import { fillAll } from './fill.ts';
import { isAtLeast } from './version.ts';

const parameters = {
  left: { is: 'place' },
  delete: { is: 'flag', default: false },
  skip: { is: 'list', default: [] },
  limit: { is: 'count' },
};
const words = (command: Json, given: JsonObject = {}) =>
  expand({ parameters, settings: { command } }, given, '/h').command;

test('a gap is filled with its parameter, and the home folder is spelled out in paths', () => {
  assert.deepEqual(words(['{left}/', '{item}'], { left: '~/x' }), ['/h/x/', '{item}']);
});

test('a list is spread, or said once for each of it', () => {
  const given = { skip: ['a', 'b c'] };
  assert.deepEqual(words(['{skip}', '-x={skip}'], given), ['a', 'b c', '-x=a', '-x=b c']);
  assert.deepEqual(words(['{skip}', '-x={skip}', 'end']), ['end']);
});

test('what was not set is left out, with its key', () => {
  assert.deepEqual(words(['--limit={limit}', 'end']), ['end']);
  assert.deepEqual(words(['--limit={limit}'], { limit: 3 }), ['--limit=3']);
  const settings = { folder: '{limit}', other: 'x', deep: { limit: '{limit}' } };
  const {
    environment: _,
    secrets: __,
    inherit: ___,
    ...rest
  } = expand({ parameters, settings }, {}, '/h');
  assert.deepEqual(rest, { other: 'x', deep: {} });
  assert.deepEqual(expand({ parameters, settings }, { limit: 3 }, '/h').folder, 3);
});

test('a flag chooses between two ways', () => {
  // biome-ignore lint/suspicious/noThenProperty: it stands so in the files.
  const chosen = [{ if: 'delete', then: ['--delete', '{skip}'], else: ['--keep'] }, 'end'];
  assert.deepEqual(words(chosen), ['--keep', 'end']);
  assert.deepEqual(words(chosen, { delete: true, skip: ['a'] }), ['--delete', 'a', 'end']);
});

test('variables and secrets set beside a preset are joined with its own', () => {
  const settings = { environment: { A: '1', B: '2' }, inherit: ['X'] };
  const given = { environment: { B: '3' }, secrets: { S: 's' }, inherit: ['Y'], folder: '/f' };
  assert.deepEqual(expand({ parameters, settings }, given, '/h'), {
    environment: { A: '1', B: '3' },
    secrets: { S: 's' },
    inherit: ['X', 'Y'],
    folder: '/f',
  });
});

test('values of a person are never templates themselves', () => {
  assert.deepEqual(words(['{left}'], { left: '/{limit}', limit: 3 }), ['/{limit}']);
  assert.deepEqual(words(['{skip}'], { skip: ['{left}'], left: '/x' }), ['{left}']);
});

test('what is filled in stays one argument', () => {
  const filling = { names: { item: 'a b; rm {subject}', subject: 's' }, lists: { approved: [] } };
  assert.deepEqual(fillAll(['-x', '{item}', '{approved}', '{print}', '{ item }'], filling), [
    '-x',
    'a b; rm {subject}',
    '{print}',
    '{ item }',
  ]);
});

test('versions are compared number by number', () => {
  for (const [version, least, isEnough] of [
    ['3.10.0', '3.9', true],
    ['3.2', '3.2.0', true],
    ['v1', '1', false],
    ['2.39.5-deb', '2.40', false],
  ] as const) {
    assert.equal(isAtLeast(version, least), isEnough, `${version} ${least}`);
  }
});
