// Handlers that the configuration names: one of the old contract, registered by its own program and
// from then on listed, run, skipped and read from the terminal; and what becomes of a broken one.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';

const example = join(import.meta.dirname, '..', '..', 'examples', 'mobsync');
const clsid = 'd1b0f6c2-6a6e-4f5e-9a51-3c1b7f6f2a10';

/** Two folders are copied by the program of the handler, which registers it and asks with a cookie. */
async function afterItsProgram(it: Rig): Promise<void> {
  write(it, 'first');
  const words = ['letters', 'letters copy', 'photos', 'photos copy'];
  const { code, out, err } = await it.node(join(example, 'program.ts'), ...words);
  assert.equal(code, 0, out + err);
  assert.match(out, /Asking for letters alone/);
  assert.deepEqual(it.files('photos copy'), ['first 0', 'first 1', 'first 2']);
}

function write(it: Rig, name: string, count = 3): void {
  for (const folder of ['letters', 'photos']) {
    for (let at = 0; at < count; at += 1) it.write(`${folder}/${name} ${at}`, folder);
  }
}

const configure = (it: Rig, text: string) => it.write('config/syncmgr/config.yaml', text);
const nameModule = (it: Rig, name: string) =>
  configure(it, `handlers:\n  ${name}: ${join(example, 'module.ts')}\n`);

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return;
    await pause(50);
  }
  assert.fail('it never came so far');
}

test('a handler of the old contract is listed, run and read from the terminal', async (t) => {
  const it = cliRig(t);
  await afterItsProgram(it);
  nameModule(it, clsid);
  const items = await it.syncmgr('items');
  assert.match(items.out, /✔ +File copy\/letters .*\n✔ +File copy\/photos /, items.out + items.err);
  write(it, 'second');
  const run = await it.syncmgr('run', 'File copy');
  assert.equal(run.code, 0, run.out + run.err);
  assert.match(run.out, /✔ Synchronized in /);
  for (const folder of ['letters', 'photos']) {
    assert.deepEqual(it.files(`${folder} copy`), it.files(folder));
  }
  const { out } = await it.syncmgr('log', 'File copy');
  assert.equal(out.match(/letters: 3 files copied\./g)?.length, 2, out);
  assert.equal(out.match(/photos: 3 files copied\./g)?.length, 2, out);
  const used = objects((await it.syncmgr('handlers', '--json')).out);
  assert.equal(used.find(({ name }) => name === clsid)?.partnerships, 1);
});

test('an item of the old contract is skipped from a second process while it is copied', async (t) => {
  const it = cliRig(t, { FILE_COPY_PAUSE_MS: '20' });
  await afterItsProgram(it);
  nameModule(it, clsid);
  write(it, 'second', 200);
  const { ended } = it.start('run', 'File copy');
  await until(async () =>
    objects((await it.syncmgr('status', '--json')).out).some(
      ({ items }) =>
        Array.isArray(items) &&
        items.some(({ name, status }) => name === 'letters' && status === 'updating'),
    ),
  );
  const skip = await it.syncmgr('skip', 'File copy/letters');
  assert.equal(skip.code, 0, skip.out + skip.err);
  const { code, out } = await ended;
  assert.equal(code, 6, out);
  assert.match(out, /Synchronized, except for what was skipped/);
  const copied = it.files('letters copy').length;
  assert.ok(copied > 3 && copied < 203, `${copied} letters`);
  assert.deepEqual(it.files('photos copy'), it.files('photos'));
});

test('a partnership of items.d runs by the module that its handler names', async (t) => {
  const it = cliRig(t);
  await afterItsProgram(it);
  nameModule(it, 'file-copy');
  it.write('config/syncmgr/items.d/mine.yaml', 'handler: file-copy\n');
  write(it, 'second');
  const run = await it.syncmgr('run', 'mine');
  assert.equal(run.code, 0, run.out + run.err);
  assert.deepEqual(it.files('photos copy'), it.files('photos'));
});

test('HN-01 a module that cannot be used fails its own partnerships, and the others go on', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  configure(it, 'handlers:\n  gone: ./gone.js\n  empty: ./empty.js\n');
  it.write('config/syncmgr/empty.js', 'export const nothing = 1;');
  for (const name of ['gone', 'empty', 'unnamed']) {
    it.write(`config/syncmgr/items.d/${name}.yaml`, `handler: ${name}\n`);
  }
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  assert.equal((await it.syncmgr('config', 'check')).code, 0);
  const { out } = await it.syncmgr('items');
  assert.match(out, /The handler in \.\/gone\.js cannot be used: Cannot find module/);
  assert.match(out, /The handler in \.\/empty\.js cannot be used: it exports no `handler`/);
  assert.match(out, /No handler is registered under the name unnamed/);
  const run = await it.syncmgr('run', '--all');
  assert.notEqual(run.code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('without a module an item of the old contract says what to do', async (t) => {
  const it = cliRig(t);
  await afterItsProgram(it);
  assert.match((await it.syncmgr('items')).out, /name its module under handlers: in config\.yaml/);
});

test('a module is not loaded by commands that do not need its handler', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  configure(it, 'handlers:\n  loud: ./loud.js\n');
  it.write('config/syncmgr/loud.js', 'process.stdout.write("loaded"); export const handler = {};');
  for (const words of [['items'], ['handlers'], ['sync', 'left', 'right'], ['config', 'check']]) {
    const { out, code } = await it.syncmgr(...words);
    assert.equal(code, 0, out);
    assert.doesNotMatch(out, /loaded/);
  }
});
