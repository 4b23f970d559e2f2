import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FolderRig } from '../../test/support/folder-rig.ts';

test('a file made, changed and deleted on one side is so on the other', async () => {
  const rig = new FolderRig();
  try {
    writeFileSync(join(rig.left, 'a.txt'), 'one');
    mkdirSync(join(rig.right, 'sub'));
    writeFileSync(join(rig.right, 'sub/b.txt'), 'two');
    const first = await rig.run();
    assert.deepEqual(first.synchronized?.counts, { 'right.create': 1, 'left.create': 2 });
    assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'one');
    assert.equal(readFileSync(join(rig.left, 'sub/b.txt'), 'utf8'), 'two');
    const second = await rig.run();
    assert.deepEqual(second.changes, []);
    writeFileSync(join(rig.right, 'a.txt'), 'one and more');
    rmSync(join(rig.left, 'sub/b.txt'));
    const third = await rig.run();
    assert.deepEqual(third.synchronized?.counts, { 'left.update': 1, 'right.delete': 1 });
    assert.equal(readFileSync(join(rig.left, 'a.txt'), 'utf8'), 'one and more');
    assert.equal(existsSync(join(rig.right, 'sub/b.txt')), false);
    assert.deepEqual((await rig.run()).changes, []);
  } finally {
    rig.remove();
  }
});
