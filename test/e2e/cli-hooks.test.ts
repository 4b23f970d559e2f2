// Hooks and chains as a person writes them into files, through the program itself.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { daemonRig, until } from '../support/daemon-rig.ts';

test('hooks in a file are run around a session, and what follows it when a manager goes on', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  const docs = [`left: ${it.left}`, `right: ${it.right}`, 'hooks:'];
  const before = '  before: {command: [sh, -c, "test -e ../disk"], outcome: fatal}';
  const after =
    '  after: {command: "echo $SYNCMGR_PARTNERSHIP $SYNCMGR_RESULT >> told", shell: true}';
  it.write('config/syncmgr/items.d/docs.yaml', [...docs, before, after, ''].join('\n'));
  const check =
    'handler: command\nafter: docs\nsettings: {synchronize: {command: [touch, checked]}}\n';
  it.write('config/syncmgr/items.d/check.yaml', check);

  const refused = await it.syncmgr('run', 'docs');
  assert.equal(refused.code, 5, refused.out + refused.err);
  assert.match(refused.out + refused.err, /The hook before failed/);
  assert.deepEqual(it.files('right'), []);

  it.write('disk', '');
  const run = await it.syncmgr('run', 'docs');
  assert.equal(run.code, 0, run.out + run.err);
  assert.deepEqual(it.files('right'), ['a.txt']);
  assert.equal(it.read('home/told'), 'docs failed\ndocs succeeded\n');
  assert.match((await it.syncmgr('log', 'docs')).out, /Hook after: done in/);

  // It was asked for docs, and for no more.
  const checked = join(it.folder, 'home', 'checked');
  assert.equal(existsSync(checked), false);
  await it.up();
  await until(() => existsSync(checked));
});

test('a ring of chains, and an outcome where it has no use, are refused with their lines', async (t) => {
  const it = daemonRig(t);
  const folders = `left: ${it.left}\nright: ${it.right}\n`;
  it.write('config/syncmgr/items.d/a.yaml', `${folders}after: b\n`);
  it.write('config/syncmgr/items.d/b.yaml', `handler: command\nafter: {partnership: a}\n`);
  it.write(
    'config/syncmgr/items.d/c.yaml',
    `${folders}hooks:\n  after:\n    command: [x]\n    outcome: fatal\n`,
  );
  const { code, out, err } = await it.syncmgr('config', 'check');
  assert.equal(code, 2);
  assert.match(out + err, /a\.yaml:3.* it would run for ever: a after b after a\./);
  assert.match(out + err, /b\.yaml:2.* it would run for ever: b after a after b\./);
  assert.match(out + err, /c\.yaml:6.* only a before decides what becomes of its session\./);
});
