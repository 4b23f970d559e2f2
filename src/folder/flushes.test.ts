// What was written and does not get to disk.
import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk, type Meddler } from '../../test/support/faulty-disk.ts';
import { FolderRig, type Run } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

const codes = ({ log }: Run) => log.flatMap(({ code, subject }) => (code ? [[code, subject]] : []));
const meddling = (meddle: Meddler) => ({ filesystem: faultyDisk(disk, meddle) });

async function agreed(tree: Parameters<typeof plant>[1]): Promise<void> {
  plant(rig.left, tree);
  await rig.run();
  assert.deepEqual(harvest(rig.right), tree);
}

async function healed(): Promise<void> {
  await rig.run();
  assert.deepEqual(harvest(rig.left), harvest(rig.right));
  assert.deepEqual((await rig.run()).changes, []);
}

test('FS-11 where names do not get to disk on one side, what was done there is not agreed on, and the rest is', async () => {
  await agreed({ 'sub/a.txt': 'a', 'other/b.txt': 'b' });
  writeFileSync(join(rig.left, 'sub/a.txt'), 'a, edited');
  writeFileSync(join(rig.right, 'other/b.txt'), 'b, edited');
  let syncs = 0;
  const run = await rig.run(
    meddling((call, name) => (call === 'sync' && name === 'sub' && ++syncs === 2 ? 'EIO' : null)),
  );
  assert.deepEqual(codes(run), [['folder-disk-failed', 'sub/a.txt']]);
  for (const side of [rig.left, rig.right]) {
    assert.deepEqual(harvest(side), { 'sub/a.txt': 'a, edited', 'other/b.txt': 'b, edited' });
  }
  // The baseline knows of the one and not of the other.
  writeFileSync(join(rig.left, 'other/b.txt'), 'b, edited again');
  rmSync(join(rig.left, 'sub/a.txt'));
  const next = await rig.run();
  assert.deepEqual(codes(next), []);
  assert.deepEqual(harvest(rig.right)['other/b.txt'], 'b, edited again');
  assert.deepEqual(harvest(rig.left)['sub/a.txt'], 'a, edited');
  await healed();
});

test('FS-11 a failed sync makes the bytes be written anew', async () => {
  plant(rig.left, { 'a.txt': 'a' });
  let failed = 0;
  const run = await rig.run(meddling((call) => (call === 'sync' && failed++ === 0 ? 'EIO' : null)));
  assert.deepEqual(codes(run), []);
  assert.equal(failed > 1, true);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'a' });
  await healed();
});

const twenty = (text: string) =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`d${at % 3}/f${at}.txt`, `${text} ${at}`]),
  );

test('FS-11 where a disk cannot be flushed at the end, all that was done and met there is synced', async () => {
  await agreed({ ...twenty('old'), 'gone/g.txt': 'g', 'from/m.txt': 'moves' });
  plant(rig.left, twenty('new'));
  rmSync(join(rig.left, 'gone/g.txt'));
  renameSync(join(rig.left, 'from/m.txt'), join(rig.left, 'd0/m.txt'));
  const atTheEnd = new Set<string>();
  let flushes = 0;
  const watched = faultyDisk(disk, (call, name) => {
    if (call === 'sync' && flushes > 1) atTheEnd.add(basename(name));
    return null;
  });
  const filesystem = { ...watched, flushAside: async () => ++flushes === 1 };
  const run = await rig.run({ filesystem });
  assert.deepEqual(codes(run), []);
  assert.equal(flushes > 1, true);
  const files = Object.keys(twenty('')).map((path) => path.slice(3));
  const inTrash = ['g.txt', 'trash'];
  const missed = [...files, 'd0', 'd1', 'd2', 'gone', 'from', 'm.txt', ...inTrash].filter(
    (name) => !atTheEnd.has(name),
  );
  assert.deepEqual(missed, []);
  await healed();
});
