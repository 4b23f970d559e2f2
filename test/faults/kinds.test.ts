// What stands in a tree beside plain files: pipes, links, mounts, names of ours, trees in trees.
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { inventory, leftovers } from '../e2e/proof/inventory.ts';
import { able, isRoot, mount } from './privilege.ts';
import { assertHalted, assertHolds, assertProblems, ended, makeRig, told } from './rig.ts';

const text = (path: string) => readFileSync(path, 'utf8');

test('FS-16 a file that became a folder, and a folder that became a file, are exchanged whole', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'file-to-folder': 'was a file', 'folder-to-file/in.txt': 'was inside' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.left, 'file-to-folder'));
  rmSync(join(rig.left, 'folder-to-file'), { recursive: true });
  rig.write(rig.left, { 'file-to-folder/new.txt': 'new', 'folder-to-file': 'now a file' });
  ended(await rig.sync(), 0);
  rig.assertSame();
  assertHolds(rig.right, ['file-to-folder', 'file-to-folder/new.txt', 'folder-to-file']);
  const trashed = [...inventory(rig.right, true).keys()].filter((path) => path.includes('/trash/'));
  assert.ok(trashed.some((path) => path.endsWith('/file-to-folder')));
  assert.ok(trashed.some((path) => path.endsWith('/folder-to-file/in.txt')));
});

test('FS-16 a file here and a folder there, both changed, wait for a person with both whole', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { thing: 'was a file' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.right, 'thing'));
  rig.write(rig.left, { thing: 'edited', 'other.txt': 'other' });
  rig.write(rig.right, { 'thing/in.txt': 'in' });
  const run = await rig.sync();
  ended(run, 4);
  assert.equal(text(join(rig.left, 'thing')), 'edited');
  assert.equal(text(join(rig.right, 'thing', 'in.txt')), 'in');
  assert.ok(existsSync(join(rig.right, 'other.txt')));
});

test('FS-17 MT-1 pipes, sockets and devices are named and never opened, and the rest goes on', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'plain.txt': 'plain' });
  for (const name of ['pipe-1', 'pipe-2', 'pipe-3', 'pipe-4']) {
    assert.ok(able(rig, 'mkfifo', [join(rig.left, name)]));
  }
  const server = createServer().listen(join(rig.left, 'socket'));
  rig.later(() => void server.close());
  const device = able(rig, 'mknod', [join(rig.left, 'device'), 'c', '1', '5']);
  const run = await rig.sync();
  ended(run, 6);
  const names = ['pipe-1', 'pipe-2', 'pipe-3', 'pipe-4', 'socket', ...(device ? ['device'] : [])];
  assertProblems(run, Object.fromEntries(names.map((name) => [name, 'folder-special'])));
  assert.match(run.problems[0]?.text ?? '', /is neither a file nor a folder nor a link/);
  assertHolds(rig.right, ['plain.txt']);
  // A pipe in place of a file that both sides had is no deletion.
  rmSync(join(rig.left, 'plain.txt'));
  assert.ok(able(rig, 'mkfifo', [join(rig.left, 'plain.txt')]));
  ended(await rig.sync(), 6);
  assert.equal(text(join(rig.right, 'plain.txt')), 'plain');
});

test('FS-18 two names of one file and a file with holes arrive with the right content', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'one.txt': 'shared', 'holes.bin': '' });
  linkSync(join(rig.left, 'one.txt'), join(rig.left, 'two.txt'));
  truncateSync(join(rig.left, 'holes.bin'), 3_000_000);
  ended(await rig.sync(), 0);
  rig.assertSame();
  assert.equal(statSync(join(rig.right, 'holes.bin')).size, 3_000_000);
  // Written through one name, both change; on the other side they are two files, which do too.
  writeFileSync(join(rig.left, 'two.txt'), 'changed through the other name');
  ended(await rig.sync(), 0);
  rig.assertSame();
  ended(await rig.sync(['--error-on-no-change']), 9);
});

test('FS-19 links out, up, round and to nowhere travel as text, and nothing is followed', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.outside, { 'secret.txt': 'secret' });
  const targets = {
    absolute: join(rig.outside, 'secret.txt'),
    folder: rig.outside,
    up: '..',
    itself: 'itself',
    nowhere: 'no such thing',
    relative: '../outside/secret.txt',
  };
  for (const [name, target] of Object.entries(targets)) symlinkSync(target, join(rig.left, name));
  ended(await rig.sync(), 0);
  for (const [name, target] of Object.entries(targets)) {
    assert.equal(readlinkSync(join(rig.right, name)), target);
  }
  // A folder replaced by a link out of the tree: what is below it is not written through.
  rig.write(rig.left, { 'deep/a.txt': 'a' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.right, 'deep'), { recursive: true });
  symlinkSync(rig.outside, join(rig.right, 'deep'));
  rig.write(rig.left, { 'deep/b.txt': 'b', 'deep/secret.txt': 'overwritten?' });
  await rig.sync();
  assert.deepEqual([...inventory(rig.outside).keys()], ['secret.txt']);
  assert.equal(text(join(rig.outside, 'secret.txt')), 'secret');
});

test('FS-20 another file system mounted inside is named and not crossed into, on either side', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'here.txt': 'here' });
  if (mount(rig, join(rig.left, 'mounted')) === null) {
    ended(await rig.sync(), 0);
    return assertHolds(rig.right, ['here.txt', 'mounted']);
  }
  rig.write(rig.left, { 'mounted/theirs.txt': 'theirs' });
  const run = await rig.sync();
  ended(run, 6);
  assertProblems(run, { mounted: 'folder-other-disk' });
  assert.match(run.problems[0]?.text ?? '', /Another file system is mounted at mounted/);
  assertHolds(rig.right, ['here.txt']);
  // One that appears over what both sides had deletes nothing.
  rig.write(rig.left, { 'both/a.txt': 'a' });
  ended(await rig.sync(), 6);
  assert.ok(mount(rig, join(rig.left, 'both')));
  ended(await rig.sync(), 6);
  assert.equal(text(join(rig.right, 'both', 'a.txt')), 'a');
});

test('FS-22 owners, special bits and attributes do not travel, and cause no work ever after', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'tool.sh': '#!/bin/sh\n', 'owned.txt': 'owned', 'tagged.txt': 'tagged' });
  chmodSync(join(rig.left, 'tool.sh'), 0o6755);
  if (isRoot) chownSync(join(rig.left, 'owned.txt'), 1234, 1234);
  able(rig, 'setfattr', ['-n', 'user.tag', '-v', 'x', join(rig.left, 'tagged.txt')]);
  ended(await rig.sync(), 0);
  assert.equal(lstatSync(join(rig.right, 'tool.sh')).mode & 0o7777, 0o755);
  assert.equal(lstatSync(join(rig.right, 'owned.txt')).uid, process.getuid?.());
  assert.equal(lstatSync(join(rig.left, 'tool.sh')).mode & 0o7777, 0o6755);
  ended(await rig.sync(['--error-on-no-change']), 9);
  chmodSync(join(rig.right, 'tool.sh'), 0o700);
  ended(await rig.sync(), 0);
  ended(await rig.sync(['--error-on-no-change']), 9);
});

test('FS-23 a wide folder, a deep one and an empty file are trees like any other', async (t) => {
  const rig = makeRig(t);
  const deep = Array.from({ length: 600 }, () => 'd').join('/');
  rig.write(rig.left, { [`${deep}/bottom.txt`]: 'bottom', 'empty.txt': '' });
  mkdirSync(join(rig.left, 'wide'));
  for (let at = 0; at < 2000; at++) writeFileSync(join(rig.left, 'wide', `${at}`), '');
  ended(await rig.sync(), 0);
  assert.equal(text(join(rig.right, deep, 'bottom.txt')), 'bottom');
  assert.equal(inventory(rig.right).size, inventory(rig.left).size);
  writeFileSync(join(rig.left, 'empty.txt'), 'not empty');
  writeFileSync(join(rig.right, 'wide', '7'), 'seven');
  ended(await rig.sync(), 0);
  truncateSync(join(rig.left, 'empty.txt'));
  ended(await rig.sync(), 0);
  assert.equal(statSync(join(rig.right, 'empty.txt')).size, 0);
  assert.equal(text(join(rig.left, 'wide', '7')), 'seven');
});

test('FS-25 our name at the top is not carried, whoever made it; anywhere else it is a name like another', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, {
    'a.txt': 'a',
    '.syncmgr/theirs.txt': 'put there by hand',
    'sub/.syncmgr/note.txt': 'not ours',
    '.syncmgr-stage': 'not ours either',
  });
  ended(await rig.sync(), 0);
  assert.equal(existsSync(join(rig.right, '.syncmgr', 'theirs.txt')), false);
  assert.equal(text(join(rig.right, 'sub', '.syncmgr', 'note.txt')), 'not ours');
  assert.equal(text(join(rig.right, '.syncmgr-stage')), 'not ours either');
  assert.equal(text(join(rig.left, '.syncmgr', 'theirs.txt')), 'put there by hand');
});

test('FS-25 a file under our name keeps its content, and the run says what is in the way', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  rig.write(rig.right, { '.syncmgr': 'a file of somebody' });
  const run = await rig.sync();
  assert.notEqual(run.code, 0, told(run));
  assert.match(run.out, /\.syncmgr|way-blocked|marker/);
  assert.equal(text(join(rig.right, '.syncmgr')), 'a file of somebody');
  rmSync(join(rig.right, '.syncmgr'));
  ended(await rig.sync(['--merge']), 0);
  rig.assertSame();
});

test('FS-26 what a crash left in the stage is gone after the next run that has work', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  rig.write(rig.right, { '.syncmgr/stage/0/17': 'half a file', '.syncmgr/stage/3/tree/x': 'x' });
  rig.write(rig.left, { 'b.txt': 'b' });
  ended(await rig.sync(), 0);
  assert.deepEqual(leftovers(rig.right), []);
  rig.assertSame();
});

test('FS-28 many files emptied at once halt, and approving carries out exactly that', async (t) => {
  const rig = makeRig(t);
  const names = Array.from({ length: 60 }, (_, number) => `file-${number}.txt`);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, name])));
  ended(await rig.sync(), 0);
  for (const name of names.slice(0, 40)) truncateSync(join(rig.left, name));
  const run = await rig.sync();
  assertHalted(run);
  assert.match(run.error?.text ?? '', /40/);
  assert.equal(text(join(rig.right, 'file-0.txt')), 'file-0.txt');
  ended(await rig.sync(['--approve']), 0);
  rig.assertSame();
});

test('FS-29 a folder deleted there stays here for the ignored file in it, which is named', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'folder/a.txt': 'a', 'folder/deep/b.txt': 'b', 'other.txt': 'o' });
  const words = ['--ignore', '*.local'];
  ended(await rig.sync(words), 0);
  rig.write(rig.right, { 'folder/mine.local': 'mine' });
  rmSync(join(rig.left, 'folder'), { recursive: true });
  const run = await rig.sync(words);
  assert.ok(run.code === 0 || run.code === 6, told(run));
  assert.equal(text(join(rig.right, 'folder', 'mine.local')), 'mine');
  assert.equal(existsSync(join(rig.right, 'folder', 'a.txt')), false);
  assert.match(run.out + (await rig.run(['log'])).out, /folder.*(kept|left out|not synchronized)/);
  // And it does not come back to life on the other side.
  const again = await rig.sync(words);
  assert.ok(again.code === 0 || again.code === 6, told(again));
  assert.equal(existsSync(join(rig.left, 'folder', 'a.txt')), false);
});

test('FS-30 roots that contain each other, also through a link, and roots over our own state are refused', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'inner/a.txt': 'a' });
  const alias = join(rig.home, 'alias');
  symlinkSync(join(rig.left, 'inner'), alias);
  for (const other of [rig.left, join(rig.left, 'inner'), alias, rig.home]) {
    const run = await rig.run(['sync', rig.left, other, '--json']);
    ended(run, 2);
    assert.match(run.error?.text ?? '', /same folder|lies inside the other/);
  }
  ended(await rig.sync(), 0);
  const state = await rig.run(['sync', rig.left, rig.state, '--json']);
  assert.notEqual(state.code, 0);
  assert.match(state.error?.text ?? '', /overlaps the folder of syncmgr itself/);
  ended(await rig.run(['add', 'work', rig.left, alias, '--json']), 0);
  const kept = await rig.run(['run', 'work', '--json']);
  assert.notEqual(kept.code, 0);
  assert.match(kept.error?.text ?? '', /overlap\. Choose two that do not contain each other/);
  assertHolds(rig.left, ['inner', 'inner/a.txt']);
});
