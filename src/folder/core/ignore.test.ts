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

test('NM-15 each of the names that systems strew about is known, folders as folders only', () => {
  const plain = createIgnore(partnershipSources([]));
  const folders = [
    '.Spotlight-V100',
    '.Trashes',
    '.fseventsd',
    '.Trash-1000',
    'lost+found',
    '$RECYCLE.BIN',
    'System Volume Information',
  ];
  for (const name of folders) {
    assert.equal(plain.ignores(name, true), true, name);
    assert.equal(plain.ignores(name, false), false, name);
    assert.equal(plain.ignores(`${name}/below`, false), true, name);
  }
  const names = [
    '.DS_Store',
    '._a',
    'Thumbs.db',
    'ehthumbs.db',
    'desktop.ini',
    '.nfs00000a1',
    '.fuse_hidden0001',
    '.~lock.a.odt#',
    '~$a.docx',
  ];
  for (const name of names) {
    for (const isFolder of [true, false]) {
      assert.equal(plain.ignores(name, isFolder), true, name);
      assert.equal(plain.ignores(`a/b/${name}`, isFolder), true, name);
    }
  }
  for (const name of ['DS_Store', '_a', '.nfsx', '.~lock.a', '~a', 'Trashes']) {
    for (const isFolder of [true, false]) assert.equal(plain.ignores(name, isFolder), false, name);
  }
});

test('the rules of a partnership come after the built-in ones, under names of their own', () => {
  const sources = partnershipSources(['a', 'b/']);
  assert.deepEqual(
    sources.map(({ folder, name }) => [folder, name]),
    [
      ['', 'defaults'],
      ['', 'settings'],
    ],
  );
  assert.equal(sources[1]?.text, 'a\nb/');
  const told = createIgnore(partnershipSources(['#', 'x', '!Thumbs.db']));
  assert.deepEqual(told.explain('d/Thumbs.db', false), {
    ignored: false,
    path: 'd/Thumbs.db',
    source: 'settings',
    line: 3,
    pattern: '!Thumbs.db',
  });
  assert.equal(told.explain('d/desktop.ini', false).source, 'defaults');
});

test('comments, blank lines and either end of a line are no rules', () => {
  assert.deepEqual(ignoredOf('#a\r\n\r\n \t\r\nb\r\n!c\r\nd\n', ['#a', 'a', ' ', 'b', 'c', 'd']), [
    'b',
    'd',
  ]);
  assert.deepEqual(ignoredOf('\\#a', ['#a', 'a']), ['#a']);
  assert.deepEqual(ignoredOf('', ['a', 'a/']), []);
});

test('inside a folder that was brought back, only who left it out has no more say', () => {
  const rules = createIgnore([
    { folder: '', name: 'defaults', text: '.DS_Store' },
    settings('build/\n*.o'),
    file('a', '!build/\n*.tmp'),
    file('a/build', '*.bak'),
  ]);
  for (const [path, isFolder, ignored] of [
    ['a/build', true, false],
    ['a/build/x', false, false],
    ['a/build/x.o', false, false],
    ['a/build/deep', true, false],
    ['a/build/deep/x.o', false, false],
    ['a/build/x.tmp', false, true],
    ['a/build/deep/x.tmp', false, true],
    ['a/build/x.bak', false, true],
    ['a/build/.DS_Store', false, true],
    ['a/build/deep/.DS_Store', false, true],
    ['a/x.o', false, true],
    ['build', true, true],
    ['build/x', false, true],
    ['build/x.bak', false, true],
  ] as const) {
    assert.equal(rules.ignores(path, isFolder), ignored, path);
    assert.equal(rules.explain(path, isFolder).ignored, ignored, path);
  }
});

test('a later source of the same folder brings a folder back, with all that is in it', () => {
  const own = { folder: '', name: '.syncignore', text: '!build/' };
  const rules = createIgnore([settings('build/'), own]);
  for (const path of ['build', 'build/deep', 'build/deep/x', 'build/build']) {
    assert.equal(rules.ignores(path, true), false, path);
    assert.equal(rules.ignores(`${path}/y`, false), false, path);
  }
  assert.equal(rules.ignores('build/y', false), false);
});

test('who left a folder out that was brought back cannot bring anything back inside either', () => {
  const rules = createIgnore([settings('*.o'), file('a', 'build/\n!x.o'), file('a/c', '!build/')]);
  assert.equal(rules.ignores('a/c/build', true), false);
  assert.equal(rules.ignores('a/c/build/y', false), false);
  assert.equal(rules.ignores('a/c/build/x.o', false), true);
  assert.equal(rules.ignores('a/c/x.o', false), false);
});

test('of two sources of one folder the later outranks the earlier, and the deeper both', () => {
  const early = { folder: 'a', name: 'early', text: 'x\ny\nz' };
  const late = { folder: 'a', name: 'late', text: '!x\n!y' };
  const rules = createIgnore([early, late, file('a/b', 'y')]);
  assert.deepEqual(
    ['a/x', 'a/y', 'a/z', 'a/b/x', 'a/b/y', 'a/b/z'].map((path) => rules.ignores(path, false)),
    [false, false, true, false, true, true],
  );
  assert.equal(rules.explain('a/x', false).source, 'late');
  assert.equal(rules.explain('a/b/y', false).source, 'a/b/.syncignore');
  assert.equal(rules.explain('a/z', false).source, 'early');
  const turned = createIgnore([late, early]);
  assert.equal(turned.ignores('a/x', false), true);
});

test('rules that come to hold later are about what is below their folder, whatever was asked before', () => {
  const rules = createIgnore([settings('*.log')]);
  const asked = ['a', 'ab', 'a/b', 'a/b/c', 'b'];
  const said = () => asked.map((path) => rules.ignores(`${path}/keep.log`, false));
  const folders = () => asked.map((path) => rules.ignores(path, true));
  assert.deepEqual(said(), [true, true, true, true, true]);
  assert.deepEqual(folders(), [false, false, false, false, false]);
  rules.add('a', '!keep.log');
  assert.deepEqual(said(), [false, true, false, false, true]);
  rules.add('a', '/b/');
  assert.deepEqual(folders(), [false, false, true, true, false]);
  assert.deepEqual(said(), [false, true, true, true, true]);
  rules.add('', 'b\n!keep.log');
  assert.deepEqual(folders(), [false, false, true, true, true]);
  assert.deepEqual(said(), [false, false, true, true, true]);
  assert.equal(rules.explain('a/b', true).source, 'a/.syncignore');
  assert.equal(rules.explain('b', true).source, '.syncignore');
});

test('the explanation names the last line that is about the path itself', () => {
  const rules = createIgnore([settings('*.a\nout/\n!out/keep.a\nx*\n*.a\n!y.a\n/d/e/')]);
  const told = (path: string, isFolder = false) => {
    const { ignored, path: by, source, line, pattern } = rules.explain(path, isFolder);
    return [ignored, by, source, line, pattern];
  };
  const nothing = [false, null, null, null, null];
  assert.deepEqual(told('x.a'), [true, 'x.a', 'settings', 5, '*.a']);
  assert.deepEqual(told('xy'), [true, 'xy', 'settings', 4, 'x*']);
  assert.deepEqual(told('y.a'), [false, 'y.a', 'settings', 6, '!y.a']);
  assert.deepEqual(told('out/keep.a'), [true, 'out', 'settings', 2, 'out/']);
  assert.deepEqual(told('out', true), [true, 'out', 'settings', 2, 'out/']);
  assert.deepEqual(told('out'), nothing);
  assert.deepEqual(told('d/e', true), [true, 'd/e', 'settings', 7, '/d/e/']);
  assert.deepEqual(told('d/e/f/g.a'), [true, 'd/e', 'settings', 7, '/d/e/']);
  assert.deepEqual(told('d/e'), nothing);
  assert.deepEqual(told('d/z'), nothing);
  const again = createIgnore([settings('x*\n!xa')]);
  assert.equal(again.explain('xa', true).pattern, '!xa');
  assert.equal(again.explain('xa/b', false).pattern, null);
  assert.deepEqual(told('q', true), nothing);
});

test('an explanation is not taken from a source that another one outranks', () => {
  const rules = createIgnore([settings('*.a\n!*.b'), file('d', '!z.a\nz.b')]);
  assert.deepEqual(rules.explain('d/z.a', false).pattern, '!z.a');
  assert.deepEqual(rules.explain('d/z.b', false).pattern, 'z.b');
  assert.deepEqual(rules.explain('d/y.a', false).pattern, '*.a');
  assert.deepEqual(rules.explain('d/y.b', false).pattern, '!*.b');
});

test('what was asked tens of thousands of times is answered as at first', () => {
  const rules = createIgnore([settings('*.a')]);
  for (let at = 0; at < 20_010; at++) {
    assert.equal(rules.ignores(`${at}.a`, false), true);
    assert.equal(rules.ignores(`${at}.b`, false), false);
  }
});

test('sources that say nothing do not count for the key of rules, folders and lines do', () => {
  const none = rulesKey([]);
  assert.equal(none, '2-e6c05b33741638a5');
  assert.equal(rulesKey([settings(''), file('a', '# why\r\n\n')]), none);
  const key = rulesKey([settings('a\nb')]);
  assert.equal(rulesKey([file('x', ''), settings('a\r\nb'), file('y', ' ')]), key);
  const others = [
    [settings('b\na')],
    [settings('a'), settings('b')],
    [file('x', 'a\nb')],
    [settings('a\nb'), file('x', 'a')],
    [settings('a\n!b')],
  ].map(rulesKey);
  assert.equal(new Set([key, none, ...others]).size, 7);
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
