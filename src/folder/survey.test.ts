import assert from 'node:assert/strict';
import { linkSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';
import { openBaseline } from './core/baseline.ts';
import { largeBytes } from './core/doubts.ts';
import { partnershipSources, rulesKey } from './core/ignore.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

/** As taggers and `touch -r` do: other bytes, and the time as before. */
function editQuietly(path: string, text: string): void {
  const { atimeMs, mtimeMs } = statSync(path);
  writeFileSync(path, text);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  assert.equal(statSync(path).mtimeMs, mtimeMs);
}

/** A time that survives being read and set again. */
function plantAt(path: string, text: string): void {
  writeFileSync(path, text);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

for (const [how, size] of [
  ['small', 5],
  ['large', largeBytes + 5],
] as const) {
  for (const side of ['left', 'right'] as const) {
    test(`mtime put back after an edit of a ${how} file on the ${side} does not hide it`, async () => {
      plantAt(join(rig.left, 'a'), 'x'.repeat(size));
      await rig.run();
      const edited = `${'x'.repeat(size - 1)}y`;
      editQuietly(join(rig[side], 'a'), edited);
      await rig.run();
      assert.equal(harvest(rig.left).a === edited, true);
      assert.equal(harvest(rig.right).a === edited, true);
      assert.deepEqual((await rig.run()).changes, []);
    });
  }
}

test('mtime put back after an edit on one side, and a deletion on the other: the edit survives', async () => {
  plantAt(join(rig.left, 'a'), 'first');
  plant(rig.left, { b: 'b' });
  await rig.run();
  editQuietly(join(rig.left, 'a'), 'other');
  renameSync(join(rig.right, 'a'), join(rig.top, 'gone'));
  await rig.run();
  assert.equal(harvest(rig.right).a, 'other');
});

test('FS-18 a second name for a file makes it be read once, changes nothing, and is then quiet', async () => {
  plantAt(join(rig.left, 'a'), 'x'.repeat(largeBytes + 1));
  await rig.run();
  const opened = { count: 0 };
  const filesystem = faultyDisk(disk, (call, name) => {
    if (call === 'openFile' && name === 'a') opened.count += 1;
    return null;
  });
  linkSync(join(rig.left, 'a'), join(rig.top, 'second-name'));
  // A signature as young as this proves nothing by itself yet.
  await new Promise((wake) => setTimeout(wake, 2100));
  assert.deepEqual((await rig.run({ filesystem })).changes, []);
  assert.equal(opened.count > 0, true);
  opened.count = 0;
  assert.deepEqual((await rig.run({ filesystem })).changes, []);
  assert.equal(opened.count, 0);
});

test('CF-02 the built-in patterns are part of what a baseline was made under', async () => {
  plant(rig.left, { a: 'a' });
  await rig.run({ settings: { ignore: ['# why', 'b'] } });
  const baseline = openBaseline(readFileSync(join(rig.state, 'baselines/pair-1.base')));
  assert.equal(baseline.about.rulesKey, rulesKey(partnershipSources(['b'])));
  assert.notEqual(baseline.about.rulesKey, rulesKey([{ folder: '', name: 'settings', text: 'b' }]));
});
