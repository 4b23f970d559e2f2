// What somebody does in the very moment between two calls of a run.
import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

/** Something is done once, before the first such call on that name. */
function when(call: string, name: string, deed: () => void) {
  let done = false;
  return faultyDisk(disk, (what, about) => {
    if (done || what !== call || about !== name) return null;
    done = true;
    deed();
    return null;
  });
}

test('I1 a file that is saved under the old name of a move, in the moment it is taken away, stays', async () => {
  plant(rig.left, { 'a.txt': 'first' });
  await rig.run();
  renameSync(join(rig.left, 'a.txt'), join(rig.left, 'b.txt'));
  const filesystem = when('rename', 'a.txt', () => {
    writeFileSync(join(rig.right, 'saved'), 'saved by somebody');
    renameSync(join(rig.right, 'saved'), join(rig.right, 'a.txt'));
  });
  await rig.run({ filesystem });
  assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'saved by somebody');
  await rig.run();
  await rig.run();
  const both = { 'a.txt': 'saved by somebody', 'b.txt': 'first' };
  assert.deepEqual([harvest(rig.left), harvest(rig.right)], [both, both]);
});

test('I1 a file whose new name somebody takes away, in the moment before the old one goes, keeps the old one', async () => {
  plant(rig.left, { 'a.txt': 'first' });
  await rig.run();
  renameSync(join(rig.left, 'a.txt'), join(rig.left, 'b.txt'));
  const filesystem = when('rename', 'a.txt', () => {
    rmSync(join(rig.right, 'b.txt'));
    writeFileSync(join(rig.right, 'a.txt'), 'written at the last moment');
  });
  await rig.run({ filesystem });
  assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'written at the last moment');
});

test('permissions that somebody gives a folder in the moment of its move are carried the next time', async () => {
  plant(rig.left, { 'd/a.txt': 'a' });
  await rig.run();
  renameSync(join(rig.left, 'd'), join(rig.left, 'e'));
  const filesystem = when('rename', 'e', () => chmodSync(join(rig.right, 'd'), 0o700));
  await rig.run({ filesystem });
  await rig.run();
  for (const root of [rig.left, rig.right]) {
    assert.equal(statSync(join(root, 'e')).mode & 0o777, 0o700);
  }
});

test('I3 FS-14 what somebody puts in the place of a new file at once is theirs, and not agreed on', async () => {
  plant(rig.left, { 'a.txt': 'from the left' });
  const filesystem = when('unlink', '0', () => {
    rmSync(join(rig.right, 'a.txt'));
    writeFileSync(join(rig.right, 'a.txt'), 'theirs');
  });
  await rig.run({ filesystem });
  const run = await rig.run();
  assert.deepEqual(
    run.conflicts.map(({ subject }) => subject),
    ['a.txt'],
  );
  assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'theirs');
});

test('a folder that was made anew under its name goes when the other side deletes it', async () => {
  plant(rig.left, { 'd/': null, 'keep.txt': 'k' });
  await rig.run();
  rmSync(join(rig.left, 'd'), { recursive: true });
  writeFileSync(join(rig.left, 'takes the number'), '');
  mkdirSync(join(rig.left, 'd'));
  await rig.run();
  rmSync(join(rig.right, 'd'), { recursive: true });
  await rig.run();
  assert.ok(!('d/' in harvest(rig.left)), JSON.stringify(harvest(rig.left)));
});
