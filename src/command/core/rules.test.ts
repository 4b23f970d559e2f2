import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberIn, readerOf } from './rules.ts';

test('the first rule that fits a line decides, on the stream it is for', () => {
  const read = readerOf([
    { is: 'ignore', match: '^#', on: 'output' },
    { is: 'change', match: '^(?<kind>[+-]) (?<path>.*)$', map: { kind: { '+': 'create' } } },
    { is: 'log', match: '^#', set: { level: 'warning' } },
  ]);
  assert.deepEqual(read('output', '# x'), { is: 'ignore', fields: {} });
  assert.deepEqual(read('errors', '# x'), { is: 'log', fields: { level: 'warning' } });
  assert.deepEqual(read('output', '+ a b'), {
    is: 'change',
    fields: { kind: 'create', path: 'a b' },
  });
  assert.deepEqual(read('output', '- a')?.fields, { kind: '-', path: 'a' });
  assert.equal(read('output', 'else'), null);
});

test('a line that is a JSON object is read by its members, however deep', () => {
  const read = readerOf([
    {
      is: 'progress',
      json: { type: '^status$', 'of.name': '^(?<text>\\w+)' },
      take: { bytes: 'of.bytes', first: 'files.0', absent: 'of.none', deep: 'of' },
      set: { text: 'not used', side: 'left' },
    },
  ]);
  const line = JSON.stringify({ type: 'status', of: { name: 'ab', bytes: 7 }, files: ['x'] });
  assert.deepEqual(read('output', line)?.fields, {
    text: 'ab',
    bytes: '7',
    first: 'x',
    side: 'left',
  });
  for (const other of ['{"type":"status"}', '{"type":"other"}', '{broken', '[1]', 'text', '{}']) {
    assert.equal(read('output', other), null, other);
  }
});

test('members that an object has from elsewhere are not its own', () => {
  const read = readerOf([{ is: 'log', json: { constructor: '' } }]);
  assert.equal(read('output', '{}'), null);
});

test('numbers are read as programs write them', () => {
  const cases: [string | undefined, number | null][] = [
    ['1,234', 1234],
    ['1.5', 1.5],
    [' 12 ', 12],
    ['', null],
    ['ten', null],
    [undefined, null],
  ];
  for (const [text, value] of cases) assert.equal(numberIn(text), value, text);
});

test('a value that is told is not replaced by one that is set, and is translated last', () => {
  const read = readerOf([
    {
      is: 'change',
      match: '^(?<kind>.)(?<side>[lr])?$',
      set: { side: 'r', count: 2, sure: true },
      map: { side: { l: 'left', r: 'right' }, kind: { '+': 'create', other: 'update' }, none: {} },
    },
  ]);
  const usual = { count: '2', sure: 'true' };
  assert.deepEqual(read('output', '+l')?.fields, { kind: 'create', side: 'left', ...usual });
  assert.deepEqual(read('output', '?')?.fields, { kind: 'update', side: 'right', ...usual });
});

test('a member that is false, nothing or a number is told as text, a list by its places', () => {
  const take = { no: 'a', none: 'b', number: 'c', second: 'd.1', length: 'd.length.x' };
  const read = readerOf([{ is: 'log', json: {}, take }]);
  const line = '{"a":false,"b":null,"c":1.5,"d":["x","y"]}';
  assert.deepEqual(read('output', line)?.fields, { no: 'false', number: '1.5', second: 'y' });
});

test('a rule over text takes members of a line that is an object, too', () => {
  const read = readerOf([{ is: 'log', match: 'x', take: { text: 'say' } }]);
  assert.deepEqual(read('errors', '{"say":"x"}')?.fields, { text: 'x' });
  assert.deepEqual(read('errors', 'x')?.fields, {});
  assert.deepEqual(read('errors', '["x"]')?.fields, {});
});

test('a number has a digit, whatever stands between its digits', () => {
  assert.equal(numberIn("1'234_567 8"), 12_345_678);
  assert.equal(numberIn('-3'), -3);
  assert.equal(numberIn('  '), null);
  assert.equal(numberIn('Infinity'), null);
});
