// Names that try to be something else: too long, no text, commands, escape sequences, ways out. The
// disks of these tests tell upper from lower case; case-blind ones are in case-blind.test.ts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { inventory } from '../e2e/proof/inventory.ts';
import { assertHolds, assertProblems, ended, makeRig, type Run, told } from './rig.ts';

const text = (path: string) => readFileSync(path, 'utf8');

test('NM-01 NM-03 NM-04 names that another system would take for one keep a file each here', async (t) => {
  const rig = makeRig(t);
  const names = [
    'A.txt',
    'a.txt',
    'caf\u00e9',
    'cafe\u0301',
    'stra\u00dfe',
    'strasse',
    'K',
    '\u212a',
  ];
  rig.write(rig.left, Object.fromEntries(names.map((name, number) => [name, `${number}`])));
  ended(await rig.sync(), 0);
  rig.assertSame();
  assertHolds(rig.right, names);
  ended(await rig.sync(['--error-on-no-change']), 9);
});

test('NM-02 a rename of nothing but the case is one move, of files and folders', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'Readme.txt': 'readme', 'Folder/in.txt': 'in' });
  ended(await rig.sync(), 0);
  renameSync(join(rig.left, 'Readme.txt'), join(rig.left, 'README.txt'));
  renameSync(join(rig.left, 'Folder'), join(rig.left, 'folder'));
  const run = await rig.sync();
  ended(run, 0);
  assert.deepEqual(run.lines.at(-1)?.counts, { right: { move: 2 } });
  assertHolds(rig.right, ['README.txt', 'folder', 'folder/in.txt']);
});

test('NM-08 a plan changed in the store to lead out of the folder is not carried out', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.run(['add', 'work', rig.left, rig.right]), 0);
  const planned = await rig.run(['plan', 'work', '--json']);
  const hash = /"plan":"([0-9a-f]{64})"/.exec(planned.out)?.[1] ?? '';
  assert.notEqual(hash, '', told(planned));
  const db = new DatabaseSync(join(rig.state, 'store.db'));
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all();
  let changed = 0;
  for (const { name } of tables as { name: string }[]) {
    for (const { name: column } of db.prepare(`pragma table_info(${name})`).all()) {
      const sql = `update ${name} set ${column} = replace(${column}, 'a.txt', '../outside/x')
        where ${column} like '%a.txt%' and typeof(${column}) = 'text'`;
      changed += Number(db.prepare(sql).run().changes);
    }
  }
  db.close();
  assert.ok(changed > 0);
  const run = await rig.run(['approve', hash, '--json']);
  assert.notEqual(run.code, 0, told(run));
  assert.deepEqual(readdirSync(rig.outside), []);
  assertHolds(rig.right, []);
});

test('NM-10 what lies at a path of more than 4,096 bytes is named as too long, all above it arrives', async (t) => {
  const rig = makeRig(t);
  rig.later(() => void spawnSync('rm', ['-rf', rig.left, rig.right]));
  const name = 'n'.repeat(250);
  const script = `for i in $(seq 20); do mkdir ${name} && cd -P ${name}; done; echo bottom > end.txt`;
  assert.equal(spawnSync('sh', ['-c', script], { cwd: rig.left }).status, 0);
  rig.write(rig.left, { 'above.txt': 'above' });
  const run = await rig.sync();
  ended(run, 6);
  assert.equal(run.problems.length, 1, told(run));
  assert.equal(run.problems[0]?.code, 'folder-unreadable');
  assert.match(run.problems[0].text, /^n+…n+ could not be read \(ENAMETOOLONG: name too long/);
  assert.equal(text(join(rig.right, 'above.txt')), 'above');
  const found = spawnSync('find', ['.', '-type', 'd', '-name', 'n*'], { cwd: rig.right });
  assert.equal(found.stdout.toString().trim().split('\n').length, 16);
  // What could not be seen on one side is not taken for deleted on the other.
  ended(await rig.sync(), 6);
  assert.equal(
    spawnSync('find', ['.', '-name', 'end.txt'], { cwd: rig.left }).stdout.length > 0,
    true,
  );
});

test('NM-11 a conflict copy of the longest name fits, and takes no name that is there', async (t) => {
  const rig = makeRig(t);
  const long = `${'l'.repeat(251)}.txt`;
  rig.write(rig.left, { [long]: 'old', 'short.txt': 'old' });
  ended(await rig.sync(['--conflict', 'copy']), 0);
  for (const round of ['first', 'second']) {
    rig.write(rig.left, { [long]: `left ${round}`, 'short.txt': `left ${round}` });
    rig.write(rig.right, { [long]: `right, ${round}`, 'short.txt': `right, ${round}` });
    ended(await rig.sync(['--conflict', 'copy']), 0);
    ended(await rig.sync(['--conflict', 'copy']), 0);
    rig.assertSame();
  }
  const contents = [...inventory(rig.left).keys()].map((path) => text(join(rig.left, path)));
  const all = ['first', 'second'].flatMap((round) => [`left ${round}`, `right, ${round}`]);
  for (const one of all) {
    const copies = contents.filter((content) => content === one).length;
    // What both had before the second round was edited by it on both sides, and is not kept twice.
    const superseded = one === 'left first' || one === 'right, first' ? 0 : 2;
    assert.ok(copies >= superseded, `${one}: ${copies}`);
  }
  assert.ok([...inventory(rig.left).keys()].every((path) => Buffer.byteLength(path) <= 255));
});

test('NM-12 names that are no text are reported apart, and neither merged nor deleted', async (t) => {
  const rig = makeRig(t);
  const slash = Buffer.from('/');
  const raw = (root: string, byte: number) =>
    Buffer.concat([Buffer.from(root), slash, Buffer.from([0x66, byte, 0x6f])]);
  rig.write(rig.left, { 'fine.txt': 'fine', '\u{1f600}.txt': 'four bytes' });
  writeFileSync(raw(rig.left, 0xff), 'ff');
  writeFileSync(raw(rig.left, 0xfe), 'fe');
  const run = await rig.sync();
  ended(run, 6);
  assert.deepEqual(
    run.problems.map(({ code }) => code),
    ['folder-name-unreadable', 'folder-name-unreadable'],
  );
  assert.equal(new Set(run.problems.map(({ subject }) => subject)).size, 2, told(run));
  assert.match(run.problems[0]?.text ?? '', /is not valid UTF-8\. Rename it/);
  assertHolds(rig.right, ['fine.txt', '\u{1f600}.txt']);
  rmSync(raw(rig.left, 0xff));
  rmSync(raw(rig.left, 0xfe));
  ended(await rig.sync(), 0);
  rig.assertSame();
});

const evil = {
  title: '\u001b]0;taken over\u0007.txt',
  clear: '\u001b[2J\u001b[1;1Hgone.txt',
  lines: 'one\nsyncmgr: all is well\r.txt',
  reversed: 'safe\u202etxt.exe',
  html: '<img src=x onerror=alert(1)>.txt',
  zero: 'a\u200bb\u2066c.txt',
};

/** Nothing in it moves a cursor, turns text around, or breaks a line. */
function assertHarmless(out: string): void {
  for (const sign of ['\u001b', '\u0007', '\r', '\u202e', '\u200b', '\u2066', '\u009b']) {
    assert.equal(out.includes(sign), false, JSON.stringify(out));
  }
  assert.equal(out.includes('\nsyncmgr: all is well'), false, out);
}

test('NM-12 NM-13 no name reaches the terminal as anything but text, whatever is asked for', async (t) => {
  const rig = makeRig(t);
  const files = Object.fromEntries(Object.values(evil).map((name) => [name, name]));
  rig.write(rig.left, files);
  const pair = ['sync', rig.left, rig.right];
  const outs: Run[] = [await rig.run([...pair, '-n'])];
  outs.push(await rig.run([...pair, '-v', '-v']));
  rig.assertSame();
  for (const name of Object.values(evil)) {
    writeFileSync(join(rig.left, name), 'left');
    writeFileSync(join(rig.right, name), 'the right one');
  }
  for (const name of Object.values(evil)) spawnSync('mkfifo', [join(rig.left, `pipe ${name}`)]);
  for (const words of [pair, ['conflicts'], ['log'], ['status', '-a'], ['history'], ['items']]) {
    outs.push(await rig.run(words));
  }
  const conflict = /"id":"([^"]+)"/.exec((await rig.run(['conflicts', '--json'])).out)?.[1] ?? '';
  outs.push(await rig.run(['conflicts', 'show', conflict]), await rig.run(['doctor']));
  for (const { out } of outs) assertHarmless(out);
  assert.match(outs.map(({ out }) => out).join(''), /\\x1b\]0;taken over\\x07/);
  // JSON escapes control characters by its own rules, and has one line per object.
  const json = await rig.run(['log', '--json']);
  assert.doesNotMatch(json.out.replaceAll('\n', ''), /\p{Cc}/u);
  assert.equal(json.out.trim().split('\n').length, json.lines.length);
});

test('NM-13 names of folders and of partnerships are as harmless as those of files', async (t) => {
  const rig = makeRig(t);
  const [left, right] = [join(rig.home, evil.clear), join(rig.home, evil.reversed)];
  mkdirSync(left);
  rig.write(left, { 'a.txt': 'a' });
  const outs: Run[] = [];
  const pair = ['sync', left, right];
  outs.push(await rig.run(pair), await rig.run(['status', '-a']), await rig.run(['history']));
  rmSync(right, { recursive: true });
  outs.push(await rig.run(pair), await rig.run(['doctor']));
  mkdirSync(right);
  outs.push(await rig.run(pair), await rig.run(['add', evil.title, left, right]));
  outs.push(await rig.run(['items']), await rig.run(['run', evil.title]));
  outs.push(await rig.run([evil.title]), await rig.run(['sync', left, `/no/${evil.title}/x`]));
  for (const { out } of outs) assertHarmless(out);
});

test('NM-14 names that look like options, homes or commands are names', async (t) => {
  const rig = makeRig(t);
  const [left, right] = [join(rig.home, '-rf $(touch owned)'), join(rig.home, '; touch owned #')];
  mkdirSync(left);
  const names = [
    '-rf',
    '--help',
    '~',
    '~root',
    '@file',
    '$(touch owned)',
    '`touch owned`',
    '*',
    '?',
  ];
  const more = Array.from({ length: 20 }, (_, number) => `-${number}`);
  rig.write(left, Object.fromEntries([...names, ...more].map((name) => [name, name])));
  ended(await rig.run(['sync', left, right]), 0);
  assertHolds(right, [...names, ...more]);
  rmSync(join(left, '*'));
  ended(await rig.run(['sync', left, right]), 0);
  assertHolds(
    right,
    [...names, ...more].filter((name) => name !== '*'),
  );
  const owned = [rig.home, left, right, process.cwd()].map((folder) => join(folder, 'owned'));
  assert.deepEqual(owned.filter(existsSync), []);
});

test('NM-15 what systems strew about stays where it is; names that begin with a dot travel', async (t) => {
  const rig = makeRig(t);
  const strewn = ['Thumbs.db', 'desktop.ini', '.DS_Store', 'sub/.DS_Store'];
  const kept = ['.bashrc', '.env', '.git/config', 'sub/a.txt'];
  rig.write(rig.left, Object.fromEntries([...strewn, ...kept].map((path) => [path, path])));
  const run = await rig.sync();
  ended(run, 0);
  assertProblems(run, {});
  assertHolds(rig.right, [...kept, '.git', 'sub']);
});
