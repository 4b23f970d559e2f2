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
