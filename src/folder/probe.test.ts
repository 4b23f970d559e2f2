import assert from 'node:assert/strict';
import {
  chmodSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { coarseDisk } from '../../test/support/coarse-disk.ts';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { trueClock } from '../platform/clock.ts';
import { disk } from '../platform/disk.ts';
import { sha256 } from '../platform/hasher.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { usualTraits } from './core/traits.ts';
import { probeRoot } from './probe.ts';

let rig: FolderRig;
let coarse: Filesystem;
beforeEach(() => {
  rig = new FolderRig();
  coarse = coarseDisk(disk, rig.right);
});
afterEach(() => rig.remove());

function probe(filesystem: Filesystem, path: string) {
  const { device = 0, inode = 0 } = disk.stat(path) ?? {};
  const root = { path, device, inode };
  return probeRoot({ filesystem, clock: trueClock, sha256 }, { root });
}

const probes = (calls: readonly string[]) =>
  calls.filter((name) => name === 'CASE' || name === 'case');

function watching(filesystem: Filesystem) {
  const calls: string[] = [];
  const watched = faultyDisk(filesystem, (_call, name) => {
    calls.push(name);
    return null;
  });
  return { calls, watched };
}

test('the disk of a computer like this one is found to be as is usual, and nothing is left behind', () => {
  assert.deepEqual(probe(disk, rig.left), usualTraits);
  assert.deepEqual(readdirSync(rig.left), []);
});

test('CK-03, FS-22 a coarse disk is found out', () => {
  assert.deepEqual(probe(coarse, rig.right)?.abilities, {
    caseSensitive: false,
    normalizationSensitive: false,
    timeStepMs: 2000,
    modes: false,
    links: false,
    nameBytesMax: 255,
  });
});

test('a root that cannot be written is not probed, and nothing is remembered of it', () => {
  const filesystem = faultyDisk(disk, (call) => (call === 'makeFolder' ? 'EROFS' : null));
  assert.equal(probe(filesystem, rig.left), null);
});

test('FS-08, FS-09 a disk that is full or fails while it is asked is not said to lack what it has', () => {
  for (const [failing, code] of [
    ['makeLink', 'ENOSPC'],
    ['makeLink', 'EIO'],
    ['setMode', 'EIO'],
    ['createFile', 'ENOSPC'],
  ]) {
    const faulty = faultyDisk(disk, (call) => (call === failing ? code : null));
    assert.equal(probe(faulty, rig.left), null, `${failing} ${code}`);
    assert.deepEqual(readdirSync(rig.left), []);
  }
  const without = faultyDisk(disk, (call) => (call === 'makeLink' ? 'EPERM' : null));
  assert.equal(probe(without, rig.left)?.abilities.links, false);
});

test('a root is probed once, and a quiet run costs nothing', async () => {
  plant(rig.left, { a: 'a' });
  const first = watching(disk);
  await rig.run({ filesystem: first.watched });
  assert.equal(probes(first.calls).length > 0, true);
  const second = watching(disk);
  await rig.run({ filesystem: second.watched });
  assert.deepEqual(probes(second.calls), []);
});

test('what is not remembered of a pair is learned in a quiet run', async () => {
  plant(rig.left, { a: 'a' });
  await rig.run();
  const file = join(rig.state, 'baselines/pair-1.json');
  const pair = JSON.parse(readFileSync(file, 'utf8'));
  for (const side of ['left', 'right']) delete pair.roots[side].traits;
  writeFileSync(file, JSON.stringify(pair));
  assert.deepEqual((await rig.run()).changes, []);
  const now = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(now.roots.right.traits, usualTraits);
});

async function quiet(): Promise<void> {
  for (let run = 0; run < 2; run += 1) {
    assert.deepEqual((await rig.run({ filesystem: coarse })).changes, []);
  }
}

test('CK-03, FS-22, I24 times and permissions that a disk cannot hold cause no further work', async () => {
  plant(rig.left, { 'sub/a': 'a', script: '#!' });
  chmodSync(join(rig.left, 'script'), 0o750);
  chmodSync(join(rig.left, 'sub'), 0o700);
  utimesSync(join(rig.left, 'sub/a'), 1_700_000_001.5, 1_700_000_001.5);
  await rig.run({ filesystem: coarse });
  assert.deepEqual(harvest(rig.right), { 'sub/a': 'a', script: '#!' });
  await quiet();
  chmodSync(join(rig.left, 'script'), 0o700);
  await rig.run({ filesystem: coarse });
  await quiet();
  writeFileSync(join(rig.right, 'script'), 'edited there');
  await rig.run({ filesystem: coarse });
  assert.equal(harvest(rig.left).script, 'edited there');
  assert.equal(disk.stat(join(rig.left, 'script'))?.mode, 0o700);
  await quiet();
});

test('CK-03 what was just copied to or from a coarse disk can be deleted, on either side', async () => {
  for (const [from, gone] of [
    ['left', 'left'],
    ['left', 'right'],
    ['right', 'left'],
    ['right', 'right'],
  ] as const) {
    plant(rig[from], { a: 'a', 'sub/b': 'b', keep: 'k', large: 'l'.repeat(300_000) });
    await rig.run({ filesystem: coarse });
    for (const name of ['a', 'sub', 'large']) rmSync(join(rig[gone], name), { recursive: true });
    await rig.run({ filesystem: coarse });
    for (const side of ['left', 'right'] as const)
      assert.deepEqual(harvest(rig[side]), { keep: 'k' });
  }
});

test('CK-03, I10 what was edited on a coarse disk in the step in which it was put there is not deleted', async () => {
  plant(rig.left, { a: 'one', keep: 'k' });
  await rig.run({ filesystem: coarse });
  const { atimeMs, mtimeMs } = statSync(join(rig.right, 'a'));
  writeFileSync(join(rig.right, 'a'), 'two');
  utimesSync(join(rig.right, 'a'), atimeMs / 1000, mtimeMs / 1000);
  rmSync(join(rig.left, 'a'));
  await rig.run({ filesystem: coarse });
  assert.equal(harvest(rig.right).a, 'two');
});

test('NM-01 two names in the way of one: both contents are kept, and it is told', async () => {
  plant(rig.left, { 'A.txt': 'large', 'a.txt': 'small' });
  const run = await rig.run({ filesystem: coarse });
  assert.deepEqual(harvest(rig.left), { 'A.txt': 'large', 'a.txt': 'small' });
  assert.equal(Object.keys(harvest(rig.right)).length, 1);
  assert.deepEqual(
    run.conflicts.map(({ kind }) => kind),
    ['name'],
  );
});

test('NM-01, NM-04 a new name does not clash with a file to which nothing happened', async () => {
  plant(rig.left, { 'stra\u00dfe': 'there for long' });
  await rig.run({ filesystem: coarse });
  plant(rig.left, { STRASSE: 'new' });
  const run = await rig.run({ filesystem: coarse });
  assert.deepEqual(
    run.conflicts.map(({ kind, subject }) => [kind, subject]),
    [['name', 'STRASSE']],
  );
  assert.deepEqual(harvest(rig.right), { 'stra\u00dfe': 'there for long' });
});

test('NM-02 a name changed in case only is one move, to a folding disk and from it', async () => {
  plant(rig.left, { 'Read.me': 'r', 'Sub/file': 'f' });
  await rig.run({ filesystem: coarse });
  // What was placed within one step of the clock is read once, and then known.
  const later = { ...trueClock, now: () => trueClock.now() + 10_000 };
  await rig.run({ filesystem: coarse, clock: later });
  renameSync(join(rig.left, 'Read.me'), join(rig.left, 'README.me'));
  renameSync(join(rig.left, 'README.me'), join(rig.left, 'read.ME'));
  renameSync(join(rig.left, 'Sub'), join(rig.left, 'SUB'));
  const run = await rig.run({ filesystem: coarse });
  assert.deepEqual(
    run.changes.map(({ kind }) => kind),
    ['move', 'move'],
  );
  assert.deepEqual(new Set(Object.keys(harvest(rig.right))), new Set(['SUB/file', 'read.ME']));
  await quiet();
  await rig.run({ filesystem: coarse, clock: later });
  renameSync(join(rig.right, 'read.ME'), join(rig.right, 'Read.Me'));
  const back = await rig.run({ filesystem: coarse });
  assert.deepEqual(
    back.changes.map(({ kind, side }) => [side, kind]),
    [['left', 'move']],
  );
  assert.deepEqual(new Set(Object.keys(harvest(rig.left))), new Set(['Read.Me', 'SUB/file']));
  await quiet();
});

test('NM-03 two forms of one name do not meet on a disk that takes them for one', async () => {
  plant(rig.left, { 'caf\u00e9': 'composed', 'cafe\u0301': 'decomposed' });
  const run = await rig.run({ filesystem: coarse });
  assert.equal(run.conflicts.length, 1);
  assert.equal(Object.keys(harvest(rig.right)).length, 1);
  assert.equal(Object.keys(harvest(rig.left)).length, 2);
});

test('FS-22 a link that a disk cannot hold is told, and all else goes on', async () => {
  plant(rig.left, { a: 'a' });
  symlinkSync('a', join(rig.left, 'link'));
  const run = await rig.run({ filesystem: coarse });
  assert.deepEqual(harvest(rig.right), { a: 'a' });
  assert.equal(
    run.log.some(({ code }) => code === 'folder-link-unsupported'),
    true,
  );
});

test('NM-11 a conflict copy does not take the name of a file to which nothing happened', async () => {
  plant(rig.left, { 'a.txt': 'agreed' });
  const settings = { conflict: 'copy' };
  await rig.run({ settings });
  const edit = (side: 'left' | 'right', text: string) => {
    writeFileSync(join(rig[side], 'a.txt'), text);
    utimesSync(join(rig[side], 'a.txt'), 1_700_000_000, 1_700_000_000);
  };
  for (const round of ['1', '2']) {
    edit('left', `left ${round}`);
    edit('right', `right, ${round}`);
    await rig.run({ settings });
  }
  const texts: unknown[] = ['left 1', 'left 2', 'right, 1', 'right, 2'];
  const kept = Object.values(harvest(rig.left));
  assert.deepEqual(kept.filter((text) => texts.includes(text)).length, 3);
  assert.deepEqual(harvest(rig.left), harvest(rig.right));
});
