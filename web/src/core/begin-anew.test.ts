import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uniting } from './begin-anew.ts';

const folders = { left: '/a', right: '/b', mode: 'two-way-safe', ignore: ['*.o'] };

test('two folders can be united, by the rules that they have', () => {
  assert.deepEqual(uniting({ handler: 'folder', settings: folders }), {
    ...folders,
    merge: true,
    lookOnly: false,
  });
});

test('what must become the other side, or is no folder, is not united', () => {
  const replica = { ...folders, mode: 'one-way-replica' };
  assert.equal(uniting({ handler: 'folder', settings: replica }), null);
  assert.equal(uniting({ handler: 'command', settings: folders }), null);
  assert.equal(uniting({ handler: 'folder', settings: { left: '/a' } }), null);
});
