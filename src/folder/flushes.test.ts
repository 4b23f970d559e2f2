// What was written and does not get to disk.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
