// The first moment: which Node, how fast, and what is said to somebody who mistypes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { binary, cliRig, endOf } from '../support/cli-rig.ts';

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { readonly version: string };

test('--version answers with the version of the package', () => {
  const { stdout } = spawnSync(process.execPath, [binary, '--version'], { encoding: 'utf8' });
  assert.equal(stdout, `${version}\n`);
});

test('--version starts in less than 1.6 times what a bare Node takes', () => {
  const took = (words: readonly string[]) => {
    const begun = performance.now();
    spawnSync(process.execPath, [...words], { stdio: 'ignore' });
    return performance.now() - begun;
  };
  // The best of many, taken in turns: whatever else the computer does slows both.
  let [bare, ours] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < 80 && (turn < 10 || ours >= bare * 1.6); turn += 1) {
    bare = Math.min(bare, took(['-e', '0']));
    ours = Math.min(ours, took([binary, '--version']));
  }
  assert.ok(ours < bare * 1.6, `${ours.toFixed(1)} ms against ${bare.toFixed(1)} ms`);
});

/** A Node that takes itself for version 20, and a program with or without a newer one beside it. */
function oldNode(t: { after(work: () => void): void }) {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-old-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const disguise = join(folder, 'disguise.cjs');
  writeFileSync(
    disguise,
    `Object.defineProperty(process.versions, 'node', { value: '20.1.0' });
     Object.defineProperty(process, 'version', { value: 'v20.1.0' });
     Object.defineProperty(process, 'execPath', { value: __filename });`,
  );
  return { folder, disguise };
}

test('an old Node goes on with the one installed beside the program, exit code and all', async (t) => {
  const { disguise } = oldNode(t);
  const child = spawn(process.execPath, ['-r', disguise, binary, 'snyc']);
  const { code, err } = await endOf(child);
  assert.equal(code, 2);
  assert.match(err, /unknown command 'snyc'/);
});

test('an old Node with none beside it says in one line what is needed', async (t) => {
  const { folder, disguise } = oldNode(t);
  mkdirSync(join(folder, 'bin'));
  copyFileSync(binary, join(folder, 'bin', 'syncmgr'));
  const child = spawn(process.execPath, ['-r', disguise, join(folder, 'bin', 'syncmgr'), 'status']);
  const { code, out, err } = await endOf(child);
  assert.deepEqual([code, out], [2, '']);
  assert.match(err, /^syncmgr needs Node 24 or newer; this is v20\.1\.0\. .*\n$/);
});

test('an unknown command or flag ends with 2 and a suggestion', async (t) => {
  const it = cliRig(t);
  const command = await it.syncmgr('snyc');
  assert.equal(command.code, 2);
  assert.match(command.err, /Did you mean sync\?/);
  const flag = await it.syncmgr('sync', 'left', 'right', '--mod', 'x');
  assert.equal(flag.code, 2);
  assert.match(flag.err, /Did you mean --mode\?/);
  const value = await it.syncmgr('sync', 'left', 'right', '--bwlimit', 'fast');
  assert.equal(value.code, 2);
  assert.match(value.err, /Write a rate such as 500K or 10M, or off\./);
});

test('every command has help with its flags, and help needs no store', async (t) => {
  const it = cliRig(t);
  const { out } = await it.syncmgr('--help');
  const names = [...out.matchAll(/^ {2}([a-z]+) {2,}[a-z]/gm)].map(([, name]) => name ?? '');
  assert.ok(names.length >= 20, out);
  for (const name of names) {
    const help = await it.syncmgr(name, '--help');
    assert.equal(help.code, 0, name);
    assert.match(help.out, new RegExp(`^Usage: syncmgr ${name}`));
  }
  assert.throws(() => readFileSync(join(it.folder, 'state/syncmgr/store.db')));
});
