// The examples of handlers as a person uses them: each passes every check of `syncmgr handler test`, and
// runs as an item of the configuration, from the list to the log.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples', 'handlers');
const at = (name: string) => join(examples, name);

/** Name → the words that start it. */
const hellos: Readonly<Record<string, readonly string[]>> = {
  module: [at('hello.ts')],
  process: [process.execPath, at('hello-process.ts')],
  python: ['python3', at('hello-python.py')],
  bash: [at('hello-bash')],
};

interface CheckLine {
  readonly type: string;
  readonly name: string;
  readonly outcome: string;
}

async function checks(it: Rig, ...words: string[]): Promise<Readonly<Record<string, string>>> {
  const { code, out, err } = await it.syncmgr('handler', 'test', '--json', ...words);
  const all = objects(out) as unknown as readonly CheckLine[];
  assert.equal(code, 0, out + err);
  assert.equal(all.at(-1)?.type, 'result');
  return Object.fromEntries(all.slice(0, -1).map(({ name, outcome }) => [name, outcome]));
}

const entry = (words: readonly string[]) =>
  words.length === 1 && words[0]?.endsWith('.ts')
    ? words[0]
    : `{ command: ${JSON.stringify(words)} }`;

for (const [name, words] of Object.entries(hellos)) {
  test(`the hello of the kind ${name} passes the checks and greets as an item`, async (t) => {
    const it = cliRig(t);
    const outcomes = await checks(it, '--', ...words);
    assert.equal(outcomes.completes, 'passed');
    it.write('config/syncmgr/config.yaml', `handlers:\n  hello: ${entry(words)}\n`);
    it.write('config/syncmgr/items.d/greeting.yaml', 'handler: hello\n');
    const run = await it.syncmgr('run', 'greeting');
    assert.equal(run.code, 0, run.out + run.err);
    assert.match((await it.syncmgr('log', 'greeting')).out, /Hello, world\./);
  });
}

const hasPerl = spawnSync('perl', ['-MJSON::PP', '-e', '1']).status === 0;

test('the copies in Perl, written from docs/protocol.md alone, pass the checks and run', {
  skip: !hasPerl,
}, async (t) => {
  const it = cliRig(t);
  const [from, to] = [join(it.folder, 'from'), join(it.folder, 'to')];
  const settings = `from: ${from}\nto: ${to}\nper_second: 500\n`;
  it.write('settings.yaml', settings);
  const outcomes = await checks(
    it,
    ...['--settings', 'settings.yaml', '--before', `${at('copies-before.sh')} ${from} ${to}`],
    ...['--watch', from, '--watch', to, '--', 'perl', at('copies.pl')],
  );
  const unproven = Object.keys(outcomes).filter((name) => outcomes[name] === 'unproven');
  const conflicts = ['conflict-sound', 'conflict-stays', 'conflict-resolved'];
  assert.deepEqual(unproven, [...conflicts, 'pause', 'properties', 'show-error']);
  execFileSync(at('copies-before.sh'), [from, to]);
  const command = JSON.stringify(['perl', at('copies.pl')]);
  it.write('config/syncmgr/config.yaml', `handlers:\n  copies: { command: ${command} }\n`);
  const indented = settings.trim().replace(/^/gm, '  ');
  it.write('config/syncmgr/items.d/copies.yaml', `handler: copies\nsettings:\n${indented}\n`);
  const run = await it.syncmgr('run', 'copies');
  assert.equal(run.code, 0, run.out + run.err);
  assert.deepEqual(it.files('to'), it.files('from'));
});

test('a path that is not there proves nothing when it is watched, and is named', async (t) => {
  const it = cliRig(t);
  const { code, out } = await it.syncmgr(
    ...['handler', 'test', '--only', 'prepare-changes-nothing'],
    ...['--watch', join(it.folder, 'typo'), '--', at('hello.ts')],
  );
  assert.equal(code, 1);
  assert.match(out, /Nothing stands at .+typo, so it cannot be watched/);
});

test('what is wrong with a handler is said with what was expected, what came and what to do', async (t) => {
  const it = cliRig(t);
  it.write('banner.sh', '#!/bin/sh\necho Welcome to my handler\ncat > /dev/null\n');
  const { code, out } = await it.syncmgr(
    'handler',
    'test',
    '--only',
    'introduces-itself',
    'sh',
    'banner.sh',
  );
  assert.equal(code, 1);
  assert.match(out, /✖ It starts, and introduces itself within 10 s \(introduces-itself, 10 s\)/);
  assert.match(
    out,
    /came: +no answer to initialize within 10 s; it printed "Welcome to my handler"/,
  );
  assert.match(out, /0 checks passed, 1 failed/);
  const missing = await it.syncmgr('handler', 'test', '--json', './no-such-program');
  assert.equal(missing.code, 1);
  assert.match(String(objects(missing.out)[0]?.found), /it was not found/);
  const laidOut = await it.syncmgr('handler', 'test', '--before', 'false', 'cat');
  assert.equal(laidOut.code, 2);
  assert.match(laidOut.err, /The program of --before, false, ended with code 1/);
  const unknown = await it.syncmgr('handler', 'test', '--only', 'nonsense', 'cat');
  assert.equal(unknown.code, 2);
});

test('a program that ended says how, and what it said last; one of this folder is named as a shell does', async (t) => {
  const it = cliRig(t);
  const only = ['--only', 'introduces-itself', '--only', 'opens'];
  it.write('broken.sh', '#!/bin/sh\necho "no such library" >&2\nexit 7\n');
  const ended = await it.syncmgr('handler', 'test', ...only, 'sh', 'broken.sh');
  assert.match(ended.out, /it ended with code 7; on standard error it said "no such library"/);
  assert.match(ended.out, /do: +Flush standard output after every line/);
  const forbidden = await it.syncmgr('handler', 'test', ...only, './broken.sh');
  assert.match(forbidden.out, /cannot be started: it may not be executed/);
  assert.match(forbidden.out, /do: +Name the program as in a shell: .*chmod \+x/);
  const before = await it.syncmgr('handler', 'test', '--before', './broken.sh', 'cat');
  assert.equal(before.code, 2);
  const unknown = await it.syncmgr('handler', 'test', '--only', 'nonsense', 'cat');
  assert.match(unknown.err, /There is no check "nonsense". There are: introduces-itself, /);
});

test('one fault that fails many checks is told once, and the others point at it', async (t) => {
  const it = cliRig(t);
  const only = ['--only', 'opens', '--only', 'items-sound', '--only', 'closes'];
  const { out } = await it.syncmgr('handler', 'test', ...only, 'perl', at('copies.pl'));
  assert.equal(out.match(/came: /g)?.length, 1, out);
  assert.equal(out.match(/as in opens: mend that first/g)?.length, 2, out);
});

/** Notebooks laid out, and the settings that lead to them. */
function notebooks(t: TestContext) {
  const it = cliRig(t);
  const [notes, remote] = [join(it.folder, 'notes'), join(it.folder, 'remote.sqlite')];
  const before = ['python3', at('notes-before.py'), notes, remote] as const;
  const settings = `folder: ${notes}\nremote: ${remote}\nper_second: 500\n`;
  it.write('settings.yaml', settings);
  const query = (sql: string) => {
    const program =
      'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())';
    return execFileSync('python3', ['-c', program, remote, sql]).toString().trim();
  };
  return { it, notes, remote, before, settings, query };
}

test('the notes in Python pass the checks, conflicts and plans included', async (t) => {
  const { it, notes, remote, before } = notebooks(t);
  const outcomes = await checks(
    it,
    ...['--settings', 'settings.yaml', '--before', before.join(' ')],
    ...['--watch', notes, '--watch', remote, '--', 'python3', at('notes.py')],
  );
  const unproven = Object.keys(outcomes).filter((name) => outcomes[name] === 'unproven');
  assert.deepEqual(unproven, ['pause', 'properties', 'show-error']);
});

test('the notes in Python run as items: planned, carried out, in conflict, resolved, undone', async (t) => {
  const { it, before, settings, query } = notebooks(t);
  execFileSync(before[0], before.slice(1));
  const command = JSON.stringify(['python3', at('notes.py')]);
  it.write('config/syncmgr/config.yaml', `handlers:\n  notes: { command: ${command} }\n`);
  const indented = settings.trim().replace(/^/gm, '  ');
  it.write('config/syncmgr/items.d/notes.yaml', `handler: notes\nsettings:\n${indented}\n`);
  const plan = await it.syncmgr('plan', 'notes');
  assert.match(plan.out, /new 0\.md/, plan.out + plan.err);
  assert.equal(query("select count(*) from notes where name like 'new%'"), '[(0,)]');
  const run = await it.syncmgr('run', 'notes');
  assert.equal(run.code, 4, run.out + run.err);
  assert.equal(query("select count(*) from notes where name like 'new%'"), '[(36,)]');
  assert.equal(it.read('notes/garden/theirs.md'), 'right');
  const conflicts = objects((await it.syncmgr('conflicts', '--json')).out);
  const conflict = conflicts.find(({ item }) => item === 'garden');
  assert.equal(conflict?.subject, 'both.md');
  const id = String(conflict?.id);
  const both = "select text from notes where notebook = 'garden' and name = 'both.md'";
  const resolved = await it.syncmgr('conflicts', 'resolve', id, '--keep', 'left');
  assert.equal(resolved.code, 0, resolved.out + resolved.err);
  assert.equal(query(both), "[('mine',)]");
  const undone = await it.syncmgr('conflicts', 'undo', id);
  assert.equal(undone.code, 0, undone.out + undone.err);
  assert.equal(query(both), "[('theirs',)]");
});

const hasRuby = spawnSync('ruby', ['--version']).status === 0;

/** Address books laid out as after an export by a telephone. */
function addressBooks(t: TestContext, rule = 'inbox') {
  const it = cliRig(t);
  const [books, folders] = [join(it.folder, 'books'), join(it.folder, 'folders')];
  const before = ['ruby', at('cards-before.rb'), books, folders] as const;
  const settings = `books: ${books}\nfolders: ${folders}\nconflicts: ${rule}\n`;
  it.write('settings.yaml', settings);
  // As the documents say it: the program beside config.yaml.
  it.write('config/syncmgr/cards.rb', readFileSync(at('cards.rb'), 'utf8'));
  it.write('config/syncmgr/config.yaml', 'handlers:\n  cards:\n    command: [ruby, ./cards.rb]\n');
  const indented = settings.trim().replace(/^/gm, '  ');
  it.write('config/syncmgr/items.d/cards.yaml', `handler: cards\nsettings:\n${indented}\n`);
  const layOut = () => void execFileSync(before[0], before.slice(1));
  const carols = () => ({
    book: /FN:Carol\r\nTEL:(\d)/.exec(it.read('books/friends.vcf'))?.[1],
    folder: /TEL:(\d)/.exec(it.read('folders/friends/Carol.vcf'))?.[1],
  });
  return { it, books, folders, before, layOut, carols };
}

test('the address books in Ruby, written by a stranger from docs/protocol.md alone, pass the checks', {
  skip: !hasRuby,
}, async (t) => {
  const { it, books, folders, before } = addressBooks(t);
  const outcomes = await checks(
    it,
    ...['--settings', 'settings.yaml', '--before', before.join(' ')],
    ...['--watch', books, '--watch', folders, '--', 'ruby', at('cards.rb')],
  );
  const unproven = Object.keys(outcomes).filter((name) => outcomes[name] === 'unproven');
  assert.deepEqual(unproven, ['properties']);
});

test('the address books in Ruby run as items, and their sides are called what the handler calls them', {
  skip: !hasRuby,
}, async (t) => {
  const { it, layOut, carols } = addressBooks(t);
  layOut();
  const plan = await it.syncmgr('plan', 'cards');
  assert.match(plan.out, /book +folder[\s\S]*new +1 +80/, plan.out + plan.err);
  assert.equal(it.files('folders').length, 3);
  const run = await it.syncmgr('run', 'cards');
  assert.equal(run.code, 4, run.out + run.err);
  assert.match(it.read('folders/work/Work 7.vcf'), /UID:work-7\r\n/);
  assert.match(it.read('books/friends.vcf'), /UID:zoe\r\n/);
  const [conflict] = objects((await it.syncmgr('conflicts', '--json')).out);
  const id = String(conflict?.id);
  const list = await it.syncmgr('conflicts');
  assert.match(list.out, /--keep book {2}\(or folder, both, newest, largest\)/);
  const slip = await it.syncmgr('conflicts', 'resolve', id, '--keep', 'left');
  assert.equal(slip.code, 2);
  assert.match(slip.err, /There is no side left: book, folder, both, newest, largest/);
  assert.deepEqual(carols(), { book: '1', folder: '2' });
  const resolved = await it.syncmgr('conflicts', 'resolve', id, '--keep', 'folder');
  assert.equal(resolved.code, 0, resolved.out + resolved.err);
  assert.deepEqual(carols(), { book: '2', folder: '2' });
  const undone = await it.syncmgr('conflicts', 'undo', id);
  assert.equal(undone.code, 0, undone.out + undone.err);
  assert.deepEqual(carols(), { book: '1', folder: '2' });
});

test('a rule of the address books settles a conflict, which can be taken back', {
  skip: !hasRuby,
}, async (t) => {
  const { it, layOut, carols } = addressBooks(t, 'book');
  layOut();
  await it.syncmgr('run', 'cards');
  assert.deepEqual(carols(), { book: '1', folder: '1' });
  const [settled] = objects((await it.syncmgr('conflicts', '--all', '--json')).out);
  assert.deepEqual([settled?.state, settled?.subject], ['resolved', 'Carol.vcf']);
  const undone = await it.syncmgr('conflicts', 'undo', String(settled?.id));
  assert.equal(undone.code, 0, undone.out + undone.err);
  assert.deepEqual(carols(), { book: '1', folder: '2' });
});
