import assert from 'node:assert/strict';
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig, type Run } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import type { JsonObject } from '../model/json.ts';
import { trueClock } from '../platform/clock.ts';
import { disk } from '../platform/disk.ts';
import { openBaseline } from './core/baseline.ts';
import { largeBytes } from './core/doubts.ts';
import { partnershipSources, rulesKey } from './core/ignore.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

const later = { ...trueClock, now: () => Date.now() + 60_000 };

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
  // A signature proves nothing by itself until two seconds went by.
  const options = { filesystem, clock: later };
  assert.deepEqual((await rig.run(options)).changes, []);
  assert.equal(opened.count > 0, true);
  opened.count = 0;
  assert.deepEqual((await rig.run(options)).changes, []);
  assert.equal(opened.count, 0);
});

test('CF-02 what a new rule takes out of view is forgotten, and deleted nowhere', async () => {
  plant(rig.left, { 'a.tmp': 'a', b: 'b' });
  await rig.run();
  const settings = { ignore: ['*.tmp'] };
  assert.deepEqual((await rig.run({ settings })).changes, []);
  rmSync(join(rig.left, 'a.tmp'));
  assert.deepEqual((await rig.run({ settings })).changes, []);
  assert.deepEqual(harvest(rig.right), { 'a.tmp': 'a', b: 'b' });
  await rig.run();
  assert.deepEqual(harvest(rig.left), { 'a.tmp': 'a', b: 'b' });
});

test('CF-02 the built-in patterns are part of what a baseline was made under', async () => {
  plant(rig.left, { a: 'a' });
  await rig.run({ settings: { ignore: ['# why', 'b'] } });
  const baseline = openBaseline(readFileSync(join(rig.state, 'baselines/pair-1.base')));
  assert.equal(baseline.about.rulesKey, rulesKey(partnershipSources(['b'])));
  assert.notEqual(baseline.about.rulesKey, rulesKey([{ folder: '', name: 'settings', text: 'b' }]));
});

test('FS-18 names of one file are carried as files, and that is told once, when something is carried', async () => {
  plant(rig.left, { a: 'one', c: 'c' });
  linkSync(join(rig.left, 'a'), join(rig.left, 'b'));
  const told = ({ log }: Run) => log.filter(({ text }) => text.includes('names of files'));
  const run = await rig.run();
  assert.deepEqual(harvest(rig.right), { a: 'one', b: 'one', c: 'c' });
  assert.deepEqual(
    told(run).map(({ level, text }) => [level, text.match(/\d+/)?.[0]]),
    [['information', '2']],
  );
  assert.deepEqual(told(await rig.run()), []);
  writeFileSync(join(rig.left, 'b'), 'both change');
  await rig.run();
  assert.deepEqual(harvest(rig.right), { a: 'both change', b: 'both change', c: 'c' });
});

test('a full scan reads the names in folders that look as they were, for one run', async () => {
  plant(rig.left, { 'sub/a': 'a' });
  // Only listings that are older than two seconds are believed.
  const listed: string[] = [];
  const filesystem = faultyDisk(disk, (call, name) => {
    if (call === 'list' && name.startsWith(rig.left)) listed.push(name);
    return null;
  });
  const run = async (settings: JsonObject) => {
    listed.length = 0;
    await rig.run({ filesystem, settings, clock: later });
    return listed.includes(join(rig.left, 'sub'));
  };
  await run({});
  await run({});
  assert.equal(await run({}), false);
  assert.equal(await run({ fullScan: true }), true);
  assert.equal(await run({}), false);
});
