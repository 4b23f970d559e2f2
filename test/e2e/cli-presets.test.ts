// Programs as items, from the terminal: added by a preset, planned, run, held and approved.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { cliRig, objects } from '../support/cli-rig.ts';

test('presets are listed, and each says what it takes', async (t) => {
  const it = cliRig(t);
  const all = await it.syncmgr('presets', '--json');
  const names = objects(all.out).map(({ name }) => name);
  for (const name of ['rsync', 'rclone-bisync', 'restic-backup', 'git-push']) {
    assert.ok(names.includes(name), all.out + all.err);
  }
  const { out } = await it.syncmgr('presets', 'rsync');
  assert.match(out, /delete on the right what is not on the left \(true if left out\)/);
  assert.match(out, /syncmgr add NAME --preset rsync --set left=… --set right=…/);
  assert.equal((await it.syncmgr('presets', 'none')).code, 2);
});

test('rsync is added, planned, run, held by a guard, and approved from the terminal', async (t) => {
  const it = cliRig(t);
  for (let n = 0; n < 40; n++) it.write(`left/${n}.txt`, 'x');
  const set = (key: string, value: string) => ['--set', `${key}=${value}`];
  const left = set('left', it.left);
  const added = await it.syncmgr(
    'add',
    'copy',
    '--preset',
    'rsync',
    ...left,
    ...set('right', it.right),
  );
  assert.equal(added.code, 0, added.err);
  assert.match((await it.syncmgr('plan', 'copy')).out, /40/);
  assert.deepEqual(it.files('right'), []);
  const run = await it.syncmgr('run', 'copy');
  assert.equal(run.code, 0, run.out + run.err);
  assert.equal(it.files('right').length, 40);

  for (const name of readdirSync(it.left)) rmSync(`${it.left}/${name}`);
  const held = await it.syncmgr('run', 'copy');
  assert.equal(held.code, 4, held.out + held.err);
  assert.equal(it.files('right').length, 40);
  const [, hash = ''] = /syncmgr approve (\w+)/.exec(held.out + held.err) ?? [];
  const approved = await it.syncmgr('approve', hash);
  assert.equal(approved.code, 0, approved.out + approved.err);
  assert.deepEqual(it.files('right'), []);
});

test('a copy of a repository is kept by a file, and a mistake in it is named with its line', async (t) => {
  const it = cliRig(t);
  it.write('work/a.txt', 'x');
  const git = (...words: string[]) =>
    execFileSync('git', [
      '-C',
      `${it.folder}/work`,
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b',
      ...words,
    ]);
  git('init', '--quiet', '-b', 'main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  const file = 'config/syncmgr/items.d/mirror.yaml';
  const words = [
    'handler: command',
    'settings:',
    '  preset: git-fetch',
    `  url: ${it.folder}/work`,
  ];
  it.write(file, [...words, '  repositry: /x', ''].join('\n'));
  const { out, code } = await it.syncmgr('config', 'check');
  assert.equal(code, 2);
  assert.match(
    out,
    /mirror\.yaml:5: error: settings\.repositry: there is no such key\. Did you mean repository\?/,
  );
  it.write(file, [...words, `  repository: ${it.folder}/mirror.git`, ''].join('\n'));
  assert.equal((await it.syncmgr('config', 'check')).code, 0);
  const run = await it.syncmgr('run', 'mirror');
  assert.equal(run.code, 0, run.out + run.err);
  assert.match(it.read('mirror.git/HEAD'), /main|master/);
});

test('wrong settings of a program are named with line and key', async (t) => {
  const it = cliRig(t);
  const file = 'config/syncmgr/items.d/own.yaml';
  it.write(
    file,
    'handler: command\nsettings:\n  synchronize:\n    command: [ls]\n    timeout: soon\n  lines:\n    - is: chnage\n      match: x\n  secrets: { A: clear }\n',
  );
  const { out } = await it.syncmgr('config', 'check');
  assert.match(
    out,
    /own\.yaml:5: error: settings\.synchronize\.timeout: it must be a time such as 30s/,
  );
  assert.match(
    out,
    /own\.yaml:7: error: settings\.lines\.0\.is: it must be one of progress, change/,
  );
  assert.match(out, /own\.yaml:9: error: settings\.secrets\.A: name where it is: env:NAME/);
});
