import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../model/json.ts';
import { expand } from './expand.ts';
import { fill, fillAll } from './fill.ts';
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

test('the home folder is spelled out in paths and places only, and only at their beginning', () => {
  const kinds = { at: { is: 'path' }, word: { is: 'text' } };
  const said = (at: Json, word: Json) =>
    expand({ parameters: kinds, settings: { command: ['{at}', '{word}'] } }, { at, word }, '/h')
      .command;
  assert.deepEqual(said('~', '~'), ['/h', '~']);
  assert.deepEqual(said('~/a', '~/a'), ['/h/a', '~/a']);
  assert.deepEqual(said('a/~/b', ''), ['a/~/b', '']);
  assert.deepEqual(said('~other', 'x'), ['~other', 'x']);
  assert.deepEqual(said(5, 'x'), [5, 'x']);
});

test('what is no text stays as it is, and a usual value stands where none was set', () => {
  const settings = { command: ['x'], count: 3, on: true, off: null, of: [1, [2, '{skip}']] };
  const found = expand({ parameters, settings }, { skip: ['a'] }, '/h');
  assert.deepEqual(found.count, 3);
  assert.deepEqual([found.on, found.off, found.of], [true, null, [1, [2, 'a']]]);
  const usual = { name: { is: 'text', default: 'usual' } };
  const said = (given: JsonObject) =>
    expand({ parameters: usual, settings: { command: '{name}!' } }, given, '/h').command;
  assert.equal(said({}), 'usual!');
  assert.equal(said({ name: 'own' }), 'own!');
});

test('a flag that is off, not set, or an empty list takes the other way or none', () => {
  // biome-ignore lint/suspicious/noThenProperty: it stands so in the files.
  const chosen = (flag: string) => [{ if: flag, then: 'yes', else: 'no' }];
  assert.deepEqual(words(chosen('delete'), { delete: true }), ['yes']);
  assert.deepEqual(words(chosen('delete'), { delete: false }), ['no']);
  assert.deepEqual(words(chosen('skip')), ['no']);
  assert.deepEqual(words(chosen('skip'), { skip: ['a'] }), ['yes']);
  assert.deepEqual(words(chosen('limit')), ['no']);
  assert.deepEqual(words(chosen('limit'), { limit: 0 }), ['yes']);
  // biome-ignore lint/suspicious/noThenProperty: it stands so in the files.
  assert.deepEqual(words([{ if: 'delete', then: 'yes' }]), []);
});

test('nothing is joined where nothing was set, and secrets are joined, too', () => {
  const settings = { secrets: { A: '1' } };
  assert.deepEqual(expand({ parameters, settings }, { secrets: { B: '2' } }, '/h'), {
    environment: {},
    secrets: { A: '1', B: '2' },
    inherit: [],
  });
});

test('only words in small letters between braces are gaps', () => {
  const filling = { names: { item: 'x', toString: 'y' }, lists: { all: ['a', 'b'] } };
  assert.equal(fill('{item}-{ITEM}-{it em}-{other}', filling), 'x-{ITEM}-{it em}-{other}');
  assert.equal(fill('{constructor}', { names: {}, lists: {} }), '{constructor}');
  assert.deepEqual(fillAll(['{all}', 'x{all}', '{all}x'], filling), ['a', 'b', 'x{all}', '{all}x']);
});

test('versions may be shorter or longer than what is needed', () => {
  for (const [version, least, isEnough] of [
    ['3', '3.0.1', false],
    ['3.1', '3.0.9', true],
    ['4', '3.9', true],
    ['3.2.1', '3.2', true],
    [' 3.2 ', '3.2', true],
    ['none', '0', true],
    ['10', '9', true],
  ] as const) {
    assert.equal(isAtLeast(version, least), isEnough, `${version} against ${least}`);
  }
});
