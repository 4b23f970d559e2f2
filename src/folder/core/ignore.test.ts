import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import { createIgnore, partnershipSources, rulesKey } from './ignore.ts';

const settings = (text: string) => ({ folder: '', name: 'settings', text });
const file = (folder: string, text: string) => ({
  folder,
  name: `${folder}/.syncignore`,
  text,
});

function ignoredOf(text: string, paths: readonly string[]): readonly string[] {
  const rules = createIgnore([settings(text)]);
  return paths.filter((path) => rules.ignores(path.replace(/\/$/, ''), path.endsWith('/')));
}

test('a pattern without a slash holds at every depth, one with a slash from its folder', () => {
  assert.deepEqual(ignoredOf('*.o\n/top\na/b', ['x.o', 'd/x.o', 'top', 'd/top', 'a/b', 'd/a/b']), [
    'x.o',
    'd/x.o',
    'top',
    'a/b',
  ]);
});

test('a pattern that ends in a slash is about folders, and takes all that is in them', () => {
  assert.deepEqual(ignoredOf('build/', ['build', 'build/', 'build/x', 'a/build/deep/x']), [
    'build/',
    'build/x',
    'a/build/deep/x',
  ]);
});

test('the last match decides, and nothing returns from a folder that is left out', () => {
  assert.deepEqual(ignoredOf('*.log\n!keep.log', ['a.log', 'keep.log']), ['a.log']);
  assert.deepEqual(ignoredOf('out/\n!out/keep', ['out/keep']), ['out/keep']);
  assert.deepEqual(ignoredOf('out/*\n!out/keep', ['out/keep', 'out/x']), ['out/x']);
});

test('case counts, as it does in the names', () => {
  assert.deepEqual(ignoredOf('*.tmp', ['a.tmp', 'A.TMP']), ['a.tmp']);
});

test('a deeper file holds below its folder only, and outranks what stands above', () => {
  const rules = createIgnore([settings('*.tmp'), file('a', '!keep.tmp\nlocal')]);
  assert.equal(rules.ignores('keep.tmp', false), true);
  assert.equal(rules.ignores('a/keep.tmp', false), false);
  assert.equal(rules.ignores('a/x/local', false), true);
  assert.equal(rules.ignores('local', false), false);
});

test('a folder that a deeper file brings back is open inside', () => {
  const rules = createIgnore([settings('build/'), file('a', '!build/')]);
  assert.equal(rules.ignores('build/x', false), true);
  assert.equal(rules.ignores('a/build', true), false);
  assert.equal(rules.ignores('a/build/x', false), false);
});

test('rules that are met later hold from then on', () => {
  const rules = createIgnore([]);
  assert.equal(rules.ignores('a/b', true), false);
  rules.add('a', 'b/');
  assert.equal(rules.ignores('a/b', true), true);
  assert.equal(rules.ignores('a/b/c', false), true);
});

test('NM-15 what systems strew about is left out unless the partnership wants it', () => {
  const plain = createIgnore(partnershipSources([]));
  for (const name of ['Thumbs.db', 'desktop.ini', '.DS_Store', '._resource']) {
    assert.equal(plain.ignores(`photos/${name}`, false), true, name);
  }
  for (const name of ['.git', '.env', 'report.txt', 'desktop.ini.bak']) {
    assert.equal(plain.ignores(name, false), false, name);
  }
  assert.equal(createIgnore(partnershipSources(['!.DS_Store'])).ignores('.DS_Store', false), false);
});

test('the explanation names source, line and pattern, also for what a negation keeps', () => {
  const rules = createIgnore([settings('# comment\n\n*.log'), file('a', '!keep.log')]);
  assert.deepEqual(rules.explain('a/x.log', false), {
    ignored: true,
    path: 'a/x.log',
    source: 'settings',
    line: 3,
    pattern: '*.log',
  });
  assert.deepEqual(rules.explain('a/keep.log', false), {
    ignored: false,
    path: 'a/keep.log',
    source: 'a/.syncignore',
    line: 1,
    pattern: '!keep.log',
  });
  assert.equal(rules.explain('a/other', false).source, null);
});

test('the explanation names the folder above that was left out', () => {
  const found = createIgnore([settings('out/')]).explain('a/out/deep/x', false);
  assert.deepEqual([found.path, found.pattern], ['a/out', 'out/']);
});

test('the key of rules changes with what they say, not with how they are commented', () => {
  const key = rulesKey([settings('a\nb')]);
  assert.equal(rulesKey([settings('# why\na\n\nb\n')]), key);
  assert.notEqual(rulesKey([settings('a')]), key);
  assert.notEqual(rulesKey([{ ...settings('a\nb'), folder: 'x' }]), key);
});

test('patterns about names alone say the same whether or not whole paths are looked at', () => {
  const name = fc.constantFrom('a', 'b', 'ab', 'a.o', '.a', 'A');
  const pattern = fc
    .tuple(fc.constantFrom('', '!'), fc.constantFrom('a', 'b', 'a*', '*.o', '?b', '[ab]', '*'))
    .chain(([not, body]) => fc.constantFrom(`${not}${body}`, `${not}${body}/`));
  const text = fc.array(pattern, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  // One pattern with a slash, which matches nothing, and all of the text is asked with the whole path.
  const whole = '\nnever/there';
  fc.assert(
    fc.property(text, text, path, path, fc.boolean(), (outer, inner, folder, below, isFolder) => {
      const [short, long] = ['', whole].map((more) =>
        createIgnore([settings(outer + more), file(folder, inner + more)]),
      );
      const asked = `${folder}/${below}`;
      assert.equal(short?.ignores(asked, isFolder), long?.ignores(asked, isFolder));
    }),
    seeded(2000),
  );
});
