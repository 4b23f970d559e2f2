import assert from 'node:assert/strict';
import { test } from 'node:test';
import { culpritOf } from './blame.ts';

const of = (...urls: string[]) =>
  urls.map((url) => ({ handler: url.slice(url.lastIndexOf('/') + 1), url }));
const name = (stack: readonly string[], ...urls: string[]) =>
  culpritOf(stack, of(...urls))?.handler ?? null;

test('HN-16 the innermost module of a handler is named, whatever it was called by', () => {
  const stack = ['node:fs', 'file:///c/b.mjs', 'file:///c/a.mjs', 'file:///syncmgr/main.js'];
  assert.equal(name(stack, 'file:///c/a.mjs', 'file:///c/b.mjs'), 'b.mjs');
});

test('HN-16 what stands beside a module or in its package counts as it, unless two share it', () => {
  assert.equal(name(['file:///c/lib/x.mjs'], 'file:///c/a.mjs', 'file:///d/b.mjs'), 'a.mjs');
  assert.equal(name(['file:///c/lib/x.mjs'], 'file:///c/a.mjs', 'file:///c/b.mjs'), null);
  const packaged = 'file:///m/node_modules/@me/feeds/dist/main.js';
  assert.equal(name(['file:///m/node_modules/@me/feeds/lib/x.js'], packaged), 'main.js');
  assert.equal(name(['file:///m/node_modules/@me/other/x.js'], packaged), null);
});

test('HN-16 nobody is named for code that belongs to no handler', () => {
  assert.equal(name(['', 'node:fs', 'file:///syncmgr/main.js'], 'file:///c/a.mjs'), null);
  assert.equal(name([], 'file:///c/a.mjs'), null);
});
