// `syncmgr sync` on real folders, as its own process.
import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';

test('a first run unites two folders, a second one has nothing to do', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'from the left');
  it.write('right/sub/b.txt', 'from the right');
  const first = await it.syncmgr('sync', 'left', 'right');
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, /^✔ Both sides are the same: 3 changes made/);
  assert.deepEqual(it.files('left'), ['a.txt', 'sub/b.txt']);
  assert.deepEqual(it.files('right'), ['a.txt', 'sub/b.txt']);
  const second = await it.syncmgr('sync', 'left', 'right', '--error-on-no-change');
  assert.match(second.out, /^✔ Nothing to do: both sides are the same/);
  assert.equal(second.code, 9);
});

test('however the two folders are written, what was agreed on is found again', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  it.write('left/b.txt', 'y');
  await it.syncmgr('sync', 'left', 'right');
  rmSync(join(it.left, 'a.txt'));
  const again = await it.syncmgr('sync', `${it.left}/../left/`, './right');
  assert.equal(again.code, 0, again.err);
  assert.deepEqual(it.files('right'), ['b.txt']);
});

test('a dry run shows what would be done and changes nothing', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  it.write('right/b.txt', 'y');
  const { code, out } = await it.syncmgr('sync', 'left', 'right', '-n');
  assert.equal(code, 0);
  assert.match(out, /2 changes would be made/);
  assert.match(out, /→ right {2}new +1 B {2}a\.txt/);
  assert.match(out, /→ left {3}new +1 B {2}b\.txt/);
  assert.deepEqual(it.files('left'), ['a.txt']);
  assert.deepEqual(it.files('right'), ['b.txt']);
});

test('a dry run towards a folder that is not there yet shows the plan and does not make it', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  const { code, out, err } = await it.syncmgr('sync', 'left', 'new', '--dry-run');
  assert.equal(code, 0, err);
  assert.match(err, /does not exist yet; the first real run makes it/);
  assert.match(out, /1 change would be made/);
  assert.equal(existsSync(join(it.folder, 'new')), false);
  const items = await it.syncmgr('items', '--all');
  assert.match(items.out, /Nothing is kept yet/);
  assert.equal((await it.syncmgr('sync', 'left', 'new')).code, 0);
  assert.deepEqual(it.files('new'), ['a.txt']);
});

test('FS-01 a right folder is made on the first run only', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  const first = await it.syncmgr('sync', 'left', 'new');
  assert.equal(first.code, 0, first.err);
  rmSync(join(it.folder, 'new'), { recursive: true });
  const later = await it.syncmgr('sync', 'left', 'new');
  assert.equal(later.code, 4);
  assert.match(later.err, /was synchronized before and is not there now/);
  assert.equal(existsSync(join(it.folder, 'new')), false);
  assert.deepEqual(it.files('left'), ['a.txt']);
});

test('FS-01 a left folder that is missing is never made', async (t) => {
  const it = cliRig(t);
  it.write('right/a.txt', 'x');
  const first = await it.syncmgr('sync', 'nowhere', 'right');
  assert.equal(first.code, 2);
  assert.match(first.err, /The folder .*nowhere was not found/);
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
  renameSync(it.left, `${it.left}.away`);
  const later = await it.syncmgr('sync', 'left', 'right');
  assert.equal(later.code, 4);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

async function manyDeleted(it: Rig): Promise<void> {
  for (let number = 0; number < 60; number += 1) it.write(`left/${number}.txt`, `${number}`);
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
  for (let number = 0; number < 50; number += 1) rmSync(join(it.left, `${number}.txt`));
}

test('CF-05 a mass deletion is held back with its reason, its list and three ways on', async (t) => {
  const it = cliRig(t);
  await manyDeleted(it);
  const held = await it.syncmgr('sync', 'left', 'right');
  assert.equal(held.code, 4);
  assert.match(held.err, /Nothing was changed yet: this needs your decision/);
  assert.match(held.err, /50 of 60 entries would be deleted on the right/);
  assert.match(held.err, /… and 30 more/);
  assert.match(held.err, /syncmgr reject [0-9a-f]{8}/);
  assert.match(held.err, /syncmgr sync left right --merge/);
  assert.equal(it.files('right').length, 60);
  const hash = /syncmgr approve ([0-9a-f]{8})/.exec(held.err)?.[1] ?? '';
  assert.match((await it.syncmgr('status')).out, new RegExp(`syncmgr approve ${hash}`));
  const approved = await it.syncmgr('approve', hash);
  assert.equal(approved.code, 0, approved.err);
  assert.equal(it.files('right').length, 10);
});

test('a plan that was rejected is gone, and another run asks again', async (t) => {
  const it = cliRig(t);
  await manyDeleted(it);
  const held = await it.syncmgr('sync', 'left', 'right');
  const hash = /syncmgr approve ([0-9a-f]{8})/.exec(held.err)?.[1] ?? '';
  assert.equal((await it.syncmgr('reject', hash)).code, 0);
  assert.equal((await it.syncmgr('approve', hash)).code, 2);
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 4);
  assert.equal(it.files('right').length, 60);
});

test('--approve carries out what a guard would hold back', async (t) => {
  const it = cliRig(t);
  await manyDeleted(it);
  assert.equal((await it.syncmgr('sync', 'left', 'right', '--approve')).code, 0);
  assert.equal(it.files('right').length, 10);
});

test('--merge deletes nothing and brings back what is missing', async (t) => {
  const it = cliRig(t);
  await manyDeleted(it);
  const merged = await it.syncmgr('sync', 'left', 'right', '--merge');
  assert.equal(merged.code, 0, merged.err);
  assert.equal(it.files('left').length, 60);
  assert.equal(it.files('right').length, 60);
});

test('--max-delete sets the limit of one run', async (t) => {
  const it = cliRig(t);
  for (const name of ['a', 'b', 'c', 'd']) it.write(`left/${name}`, name);
  await it.syncmgr('sync', 'left', 'right');
  rmSync(join(it.left, 'a'));
  rmSync(join(it.left, 'b'));
  assert.equal((await it.syncmgr('sync', 'left', 'right', '--max-delete', '1')).code, 4);
  assert.equal((await it.syncmgr('sync', 'left', 'right', '--max-delete', '90%')).code, 0);
});

test('what both sides changed waits: the run ends with 4 and names it', async (t) => {
  const it = cliRig(t);
  it.write('left/doc', 'one\n');
  await it.syncmgr('sync', 'left', 'right');
  it.write('left/doc', 'one, mine\n');
  it.write('right/doc', 'one, theirs\n');
  const { code, out } = await it.syncmgr('sync', 'left', 'right');
  assert.equal(code, 4);
  assert.match(out, /Changed on both sides, waiting for your decision \(1\):\n {2}doc/);
  const [conflict] = objects((await it.syncmgr('conflicts', '--json')).out);
  assert.equal(conflict?.subject, 'doc');
  const shown = await it.syncmgr('conflicts', 'show', String(conflict?.id).slice(-8));
  assert.match(shown.out, /- one, mine/);
  assert.match(shown.out, /\+ one, theirs/);
});

test('a conflict is settled by a choice, and the choice can be taken back', async (t) => {
  const it = cliRig(t);
  it.write('left/doc', 'one\n');
  await it.syncmgr('sync', 'left', 'right');
  it.write('left/doc', 'mine\n');
  it.write('right/doc', 'theirs\n');
  await it.syncmgr('sync', 'left', 'right');
  const settled = await it.syncmgr('conflicts', 'resolve', '--all', '--keep', 'left');
  assert.equal(settled.code, 0, settled.err);
  assert.match(settled.out, /✔ doc: the left version is kept/);
  assert.equal(it.read('right/doc'), 'mine\n');
  const [conflict] = objects((await it.syncmgr('conflicts', 'list', '--all', '--json')).out);
  assert.equal((await it.syncmgr('conflicts', 'undo', String(conflict?.id))).code, 0);
  assert.equal(it.read('right/doc'), 'theirs\n');
  it.write('merged', 'both\n');
  const id = String(conflict?.id).slice(-6);
  const merged = await it.syncmgr('conflicts', 'resolve', id, '--merged', 'merged');
  assert.equal(merged.code, 0, merged.err);
  assert.deepEqual([it.read('left/doc'), it.read('right/doc')], ['both\n', 'both\n']);
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
  const usage = await it.syncmgr('conflicts', 'resolve', id);
  assert.equal(usage.code, 2);
});

test('with --json each line is an object, and the result is the last', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  const { code, out, err } = await it.syncmgr('sync', 'left', 'right', '--json');
  assert.equal(code, 0, err);
  assert.equal(err, '');
  const all = objects(out);
  const result = all.at(-1);
  assert.equal(result?.type, 'result');
  assert.equal(result?.status, 'ok');
  assert.equal(result?.exitCode, 0);
  assert.deepEqual(result?.counts, { right: { create: 1 } });
  assert.equal(result?.bytes, 1);
  assert.ok(all.some(({ type }) => type === 'event'));
});

test('with --json an error is an object too, before the result', async (t) => {
  const it = cliRig(t);
  const { code, out, err } = await it.syncmgr('sync', 'nowhere/at/all', 'right', '--json');
  assert.equal(code, 2);
  assert.equal(err, '');
  const [error, result] = objects(out);
  assert.equal(error?.type, 'error');
  assert.equal(error?.code, 'not-found');
  assert.equal(result?.type, 'result');
  assert.equal(result?.exitCode, 2);
});

test('with --quiet a run in which all is well says nothing', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  const { code, out, err } = await it.syncmgr('sync', 'left', 'right', '-q');
  assert.deepEqual([code, out, err], [0, '', '']);
});

test('NM-13 names with control characters and reversals are shown escaped, on one line', async (t) => {
  const it = cliRig(t);
  const hostile = 'a\u001b[2Jb\nc\u202ed';
  it.write(`left/${hostile}`, 'x');
  const { code, out } = await it.syncmgr('sync', 'left', 'right', '-n');
  assert.equal(code, 0);
  assert.ok(out.includes('a\\x1b[2Jb\\nc\\u202ed'), JSON.stringify(out));
  assert.ok(!out.includes('\u001b'));
  assert.ok(!out.includes('\u202e'));
});

test('NM-14 a folder whose name begins with a dash is given after --', async (t) => {
  const it = cliRig(t);
  it.write('-rf/a.txt', 'x');
  const { code, err } = await it.syncmgr('sync', '--', '-rf', 'right');
  assert.equal(code, 0, err);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('--ignore leaves out what matches, and a flag can come from the environment', async (t) => {
  const it = cliRig(t, { SYNCMGR_IGNORE: '*.o' });
  it.write('left/a.txt', 'x');
  it.write('left/a.o', 'x');
  it.write('left/b.log', 'x');
  assert.equal((await it.syncmgr('sync', 'left', 'right')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt', 'b.log']);
});

test('FS-30 a folder within the other, or the same twice, is refused', async (t) => {
  const it = cliRig(t);
  it.write('left/sub/a.txt', 'x');
  assert.equal((await it.syncmgr('sync', 'left', 'left/sub')).code, 2);
  assert.equal((await it.syncmgr('sync', 'left', './left')).code, 2);
});
