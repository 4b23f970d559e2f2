// Somebody else at work in the same folders at the same time: exchanging folders for links, writing
// into what is read, taking names that are about to be taken. Nothing outside of the roots changes.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inventory, leftovers } from '../e2e/proof/inventory.ts';
import { assertHolds, ended, makeRig, type Rig, told, until, whenDone } from './rig.ts';

const text = (path: string) => readFileSync(path, 'utf8');

/** Another process that repeats this until it is killed, with `fs` and the words at hand. */
function meddle(rig: Rig, body: string, words: readonly string[]): ChildProcess {
  const source = `const fs = require('node:fs'); const words = process.argv.slice(1);
    let round = 0; for (;;) { round += 1; try { ${body} } catch {} }`;
  const child = spawn(process.execPath, ['-e', source, ...words], { stdio: 'ignore' });
  rig.later(() => void child.kill('SIGKILL'));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

/** Exchanges a folder for a link to another place and back, as fast as it can. */
const exchange = `const [folder, away, outside, counter] = words;
  fs.renameSync(folder, away); fs.symlinkSync(outside, folder);
  for (let wait = 0; wait < 20000; wait++);
  fs.unlinkSync(folder); fs.renameSync(away, folder);
  fs.appendFileSync(counter, '.');
  for (let wait = 0; wait < 20000; wait++);`;

test('MT-3 I14 a folder exchanged for a link out while syncs run never leads out', async (t) => {
  const rig = makeRig(t);
  const names = Array.from({ length: 30 }, (_, number) => `swapped/file-${number}.txt`);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, 'agreed'])));
  rig.write(rig.outside, Object.fromEntries(names.map((name) => [name.slice(8), 'not yours'])));
  rig.write(rig.outside, { 'precious.txt': 'not yours' });
  ended(await rig.sync(), 0);
  const before = inventory(rig.outside);
  const away = join(rig.home, 'away');
  const counter = join(rig.home, 'counter');
  const words = [join(rig.right, 'swapped'), away, rig.outside, counter];
  const attacker = meddle(rig, exchange, words);
  for (let round = 0; round < 6; round++) {
    // New, changed and deleted files, all below the folder that is exchanged.
    rig.write(rig.left, Object.fromEntries(names.map((name) => [name, `round ${round}`])));
    rig.write(rig.left, { [`swapped/new-${round}.txt`]: 'new', 'calm.txt': `round ${round}` });
    if (round > 2) rmSync(join(rig.left, 'swapped', `new-${round - 2}.txt`), { force: true });
    const run = await rig.sync(['--approve', '--conflict', 'left']);
    assert.notEqual(run.code, 7, told(run));
    assert.deepEqual(inventory(rig.outside), before);
    assert.equal(existsSync(join(rig.outside, '.syncmgr')), false);
  }
  await stop(attacker);
  const exchanges = text(counter).length;
  assert.ok(exchanges > 100, `exchanged only ${exchanges} times`);
  if (existsSync(away)) {
    rmSync(join(rig.right, 'swapped'), { force: true, recursive: true });
    renameSync(away, join(rig.right, 'swapped'));
  }
  await rig.sync(['--approve', '--conflict', 'left']);
  assert.deepEqual(inventory(rig.outside), before);
  assert.equal(text(join(rig.right, 'calm.txt')), 'round 5');
});

test('FS-13 a file that is written without end travels as something that stood there, or not at all', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'calm.txt': 'calm' });
  const busy = join(rig.left, 'busy.log');
  writeFileSync(busy, '');
  const block = `const [path] = words; const letter = String.fromCharCode(97 + (round % 26));
    fs.writeFileSync(path, letter.repeat(400000));`;
  const writer = meddle(rig, block, [busy]);
  while (statSync(busy).size < 400_000) await sleep(5);
  for (let round = 0; round < 3; round++) {
    const run = await rig.sync();
    assert.ok([0, 4, 6].includes(run.code ?? -1), told(run));
    assert.ok(
      run.problems.every(({ code }) =>
        ['folder-busy', 'folder-changing', 'folder-target-changed'].includes(code),
      ),
      told(run),
    );
    assert.deepEqual(leftovers(rig.right), []);
  }
  await stop(writer);
  writeFileSync(busy, 'at rest');
  ended(await rig.sync(), 0);
  assert.equal(text(join(rig.right, 'calm.txt')), 'calm');
  assert.equal(text(join(rig.right, 'busy.log')), 'at rest');
});

test('FS-14 FS-15 what changes or appears at the target during the run is kept, and told', async (t) => {
  const rig = makeRig(t);
  const size = 400_000;
  const names = Array.from({ length: 8 }, (_, number) => `file-${number}.bin`);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, 'a'.repeat(size)])));
  ended(await rig.sync(), 0);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, 'b'.repeat(size)])));
  rig.write(rig.left, { 'z-new.bin': 'b'.repeat(size) });
  // Slow enough that somebody can come between the look and the change.
  const child = rig.start(['sync', rig.left, rig.right, '--json', '--bwlimit', '2M']);
  const done = whenDone(child);
  const stage = join(rig.right, '.syncmgr', 'stage');
  await until(() => existsSync(stage) && leftovers(rig.right).length > 0, done);
  appendFileSync(join(rig.right, 'file-3.bin'), 'edited meanwhile');
  writeFileSync(join(rig.right, 'z-new.bin'), 'appeared meanwhile');
  const run = await done;
  const codes = Object.fromEntries(run.problems.map(({ subject, code }) => [subject, code]));
  assert.equal(codes['file-3.bin'], 'folder-target-changed', told(run));
  assert.equal(codes['z-new.bin'], 'folder-target-appeared', told(run));
  assert.match(told(run), /file-3\.bin changed since it was looked at, so it was left alone/);
  assert.equal(text(join(rig.right, 'file-3.bin')).endsWith('edited meanwhile'), true);
  assert.equal(text(join(rig.right, 'z-new.bin')), 'appeared meanwhile');
  assert.equal(text(join(rig.right, 'file-2.bin')), 'b'.repeat(size));
  // The next run sees both as what they are.
  ended(await rig.sync(), 4);
  const open = (await rig.run(['conflicts', '--json'])).lines;
  const subjects = open.filter(({ type }) => type === 'conflict').map(({ subject }) => subject);
  assert.deepEqual(new Set(subjects), new Set(['file-3.bin', 'z-new.bin']));
});

test('MT-4 many rewrites of the same size back to back all arrive', async (t) => {
  const rig = makeRig(t);
  for (let round = 0; round < 6; round++) {
    writeFileSync(join(rig.left, 'same.txt'), `round ${round}`);
    ended(await rig.sync(), 0);
    assert.equal(text(join(rig.right, 'same.txt')), `round ${round}`);
    // Once more at once: within the tick of the clock of what was just taken.
    writeFileSync(join(rig.left, 'same.txt'), `again ${round}`);
  }
  ended(await rig.sync(), 0);
  assert.equal(text(join(rig.right, 'same.txt')), 'again 5');
  assertHolds(rig.right, ['same.txt']);
});
