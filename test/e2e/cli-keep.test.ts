// What is kept: add, run, items, enable, disable, remove, and the files behind them.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';

async function added(it: Rig, ...more: string[]): Promise<void> {
  it.write('left/a.txt', 'x');
  const { code, err } = await it.syncmgr('add', 'docs', 'left', 'right', ...more);
  assert.equal(code, 0, err);
}

test('a partnership is added, run by its name, listed with its times, and removed', async (t) => {
  const it = cliRig(t);
  await added(it, '--ignore', '*.o');
  it.write('left/a.o', 'x');
  const run = await it.syncmgr('run', 'docs');
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(it.files('right'), ['a.txt']);
  const [item] = objects((await it.syncmgr('items', '--json')).out);
  assert.equal((item?.partnership as { name?: string } | undefined)?.name, 'docs');
  assert.equal(item?.last, 'succeeded');
  assert.ok(item?.lastSuccess !== null);
  assert.match((await it.syncmgr('history')).out, /docs +manual .* done/);
  assert.equal((await it.syncmgr('remove', 'docs')).code, 0);
  assert.match((await it.syncmgr('items')).out, /Nothing is kept yet/);
  assert.deepEqual(it.files('left'), ['a.o', 'a.txt']);
});

test('what is disabled is left out of --all, until it is enabled', async (t) => {
  const it = cliRig(t);
  await added(it);
  assert.equal((await it.syncmgr('disable', 'docs')).code, 0);
  assert.match(it.read('config/syncmgr/items.d/docs.yaml'), /enabled: false/);
  assert.equal((await it.syncmgr('run', '--all')).code, 0);
  assert.deepEqual(it.files('right'), []);
  await it.syncmgr('enable', 'docs');
  assert.equal((await it.syncmgr('run', '--all')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('CF-01 a broken file is named on every command, and what was loaded last still runs', async (t) => {
  const it = cliRig(t);
  await added(it);
  await it.syncmgr('items');
  it.write('config/syncmgr/items.d/docs.yaml', 'left: /a\nrigth: /b\n');
  const check = await it.syncmgr('config', 'check');
  assert.equal(check.code, 2);
  assert.match(
    check.out,
    /docs\.yaml:2: error: rigth: there is no such key\. Did you mean right\?/,
  );
  const run = await it.syncmgr('run', 'docs');
  assert.match(run.err, /docs\.yaml:2: rigth/);
  assert.match(run.err, /what was loaded last stays in force/);
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('CF-01 sync refuses to run with defaults in place of a broken main file', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  it.write('config/syncmgr/config.yaml', 'defaults:\n  ignore: "*.o"\n');
  const { code, err } = await it.syncmgr('sync', 'left', 'right');
  assert.equal(code, 2);
  assert.match(err, /config\.yaml:2: defaults\.ignore: it must be a list/);
  assert.deepEqual(it.files('right'), []);
});

test('the flag outranks the environment, the environment the file, the file the default', async (t) => {
  const it = cliRig(t, { SYNCMGR_MODE: 'one-way-safe' });
  const modeOf = async (...words: string[]) => {
    await it.syncmgr('sync', 'left', 'right', '-n', ...words);
    const text = it.read('config/syncmgr/config.yaml');
    assert.match(text, /contribute/);
    it.write('right/only-there', 'x');
    const { out } = await it.syncmgr('sync', 'left', 'right', '-n', ...words);
    return out;
  };
  it.write('config/syncmgr/config.yaml', 'defaults:\n  mode: contribute\n  ignore: ["*.o"]\n');
  it.write('left/a.o', 'x');
  it.write('left/a.txt', 'x');
  assert.match(await modeOf(), /1 change would be made/);
  assert.match(await modeOf('-m', 'two-way-safe'), /2 changes would be made/);
});

test('the id of a partnership is its file: a run after a removed one starts anew', async (t) => {
  const it = cliRig(t);
  await added(it);
  await it.syncmgr('run', 'docs');
  rmSync(`${it.configuration}/items.d/docs.yaml`);
  assert.equal((await it.syncmgr('run', 'docs')).code, 2);
});

test('a dry run of what is kept leaves a plan that can be approved', async (t) => {
  const it = cliRig(t);
  await added(it);
  const plan = await it.syncmgr('plan', 'docs');
  assert.equal(plan.code, 0, plan.err);
  assert.deepEqual(it.files('right'), []);
  const hash = /syncmgr approve ([0-9a-f]{8})/.exec(plan.out)?.[1] ?? '';
  assert.equal((await it.syncmgr('approve', hash)).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('a second request with the same key is the first one', async (t) => {
  const it = cliRig(t);
  await added(it);
  assert.equal((await it.syncmgr('run', 'docs', '--key', 'nightly')).code, 0);
  it.write('left/b.txt', 'x');
  assert.equal((await it.syncmgr('run', 'docs', '--key', 'nightly')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('ignore test names the file, line and pattern that decide', async (t) => {
  const it = cliRig(t);
  it.write('left/.syncignore', '*.log\n!keep.log\n');
  await added(it, '--ignore', 'build/');
  const { out } = await it.syncmgr('ignore', 'test', 'x.log', 'keep.log', 'build/', '--in', 'left');
  assert.match(out, /x\.log {2}ignored {2}\(\.syncignore:1: \*\.log\)/);
  assert.match(out, /keep\.log {2}synchronized {2}\(\.syncignore:2: !keep\.log\)/);
  assert.match(out, /build {2}ignored {2}\(settings:1: build\/\)/);
});

test('doctor finds a root that is gone and says what to do', async (t) => {
  const it = cliRig(t);
  await added(it);
  await it.syncmgr('run', 'docs');
  assert.equal((await it.syncmgr('doctor')).code, 0);
  rmSync(it.right, { recursive: true });
  const ill = await it.syncmgr('doctor');
  assert.equal(ill.code, 7);
  assert.match(ill.out, /✖ docs +\S+right is not there\n +Is its disk connected\?/);
});

test('config path and schema answer for editors and scripts', async (t) => {
  const it = cliRig(t);
  assert.equal((await it.syncmgr('config', 'path')).out, `${it.configuration}\n`);
  const schema = JSON.parse((await it.syncmgr('config', 'schema')).out) as { item: object };
  assert.ok('properties' in schema.item);
});
