import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import {
  type ConflictLine,
  FolderRig,
  Recorder,
  type RigOptions,
} from '../../test/support/folder-rig.ts';
import { harvest, plant, trashOf } from '../../test/support/tree.ts';
import type { Resolution } from '../model/conflict.ts';
import type { Json } from '../model/json.ts';
import { disk } from '../platform/disk.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

async function dispute(): Promise<ConflictLine> {
  plant(rig.left, { 'sub/a.txt': 'agreed', 'b.txt': 'b' });
  await rig.run();
  writeFileSync(join(rig.left, 'sub/a.txt'), 'from the left');
  writeFileSync(join(rig.right, 'sub/a.txt'), 'the right one');
  return onlyConflict();
}

async function onlyConflict(): Promise<ConflictLine> {
  const { conflicts } = await rig.run();
  const [conflict] = conflicts;
  assert.equal(conflicts.length, 1);
  if (conflict === undefined) throw new Error('no conflict');
  return conflict;
}

async function resolve(
  conflict: ConflictLine,
  resolution: Resolution,
  options: RigOptions = {},
): Promise<Json> {
  const session = await rig.open(new Recorder().callback, options);
  try {
    // As it comes back from the store.
    const stored = JSON.parse(JSON.stringify(conflict));
    return JSON.parse(JSON.stringify((await session.resolve?.(stored, resolution)) ?? null));
  } finally {
    await session.close();
  }
}

async function undo(conflict: ConflictLine, data: Json): Promise<void> {
  const session = await rig.open(new Recorder().callback);
  try {
    await session.undo?.(conflict, data);
  } finally {
    await session.close();
  }
}

async function quiet(): Promise<void> {
  const run = await rig.run();
  assert.deepEqual([run.changes, run.conflicts], [[], []]);
  assert.deepEqual(harvest(rig.left), harvest(rig.right));
}

for (const side of ['left', 'right'] as const) {
  test(`I10 keeping the ${side} brings it to the other side, whose version is in the trash`, async () => {
    const conflict = await dispute();
    const texts = { left: 'from the left', right: 'the right one' };
    const data = await resolve(conflict, { choice: 'keep', side });
    const other = side === 'left' ? 'right' : 'left';
    assert.equal(harvest(rig.left)['sub/a.txt'], texts[side]);
    assert.deepEqual(trashOf(rig[other]), { 'sub/a.txt': texts[other] });
    await quiet();
    await undo(conflict, data);
    assert.equal(harvest(rig.left)['sub/a.txt'], texts.left);
    assert.equal(harvest(rig.right)['sub/a.txt'], texts.right);
    assert.equal((await onlyConflict()).subject, 'sub/a.txt');
  });
}

test('I10 keeping both gives each side both, and undo takes the copies away', async () => {
  const conflict = await dispute();
  const data = await resolve(conflict, { choice: 'keep-both' });
  assert.deepEqual(Object.values(harvest(rig.left)).sort(), [
    'b',
    'from the left',
    'the right one',
  ]);
  await quiet();
  await undo(conflict, data);
  assert.deepEqual(Object.keys(harvest(rig.left)), ['b.txt', 'sub/a.txt']);
  assert.equal((await onlyConflict()).subject, 'sub/a.txt');
});

test('a merged text becomes the content of both sides, and undo brings both versions back', async () => {
  const conflict = await dispute();
  const contentFile = join(rig.top, 'merged.txt');
  writeFileSync(contentFile, 'from the left, and the right one');
  const data = await resolve(conflict, { choice: 'merged', contentFile });
  assert.equal(harvest(rig.left)['sub/a.txt'], 'from the left, and the right one');
  await quiet();
  await undo(conflict, data);
  assert.equal(harvest(rig.left)['sub/a.txt'], 'from the left');
  assert.equal(harvest(rig.right)['sub/a.txt'], 'the right one');
});

test('the largest is kept by its size; versions of one size are no choice', async () => {
  const conflict = await dispute();
  await assert.rejects(resolve(conflict, { choice: 'keep-largest' }), {
    code: 'folder-choice-unclear',
  });
  writeFileSync(join(rig.left, 'sub/a.txt'), 'from the left, and longer');
  const { conflicts } = await rig.run();
  await resolve(conflicts[0] as ConflictLine, { choice: 'keep-largest' });
  assert.equal(harvest(rig.right)['sub/a.txt'], 'from the left, and longer');
  await quiet();
});

test('a version that changed since the person looked is not decided over', async () => {
  const conflict = await dispute();
  writeFileSync(join(rig.right, 'sub/a.txt'), 'changed again');
  await assert.rejects(resolve(conflict, { choice: 'keep', side: 'left' }), {
    code: 'conflict-stale',
  });
  assert.equal(harvest(rig.right)['sub/a.txt'], 'changed again');
});

test('FS-16 a folder that loses against a file goes to the trash whole, and comes back', async () => {
  plant(rig.left, { thing: 'file' });
  plant(rig.right, { 'thing/inside.txt': 'inside' });
  const conflict = await onlyConflict();
  const data = await resolve(conflict, { choice: 'keep', side: 'left' });
  assert.deepEqual(harvest(rig.right), { thing: 'file' });
  assert.deepEqual(trashOf(rig.right), { 'thing/inside.txt': 'inside' });
  await quiet();
  await undo(conflict, data);
  assert.deepEqual(harvest(rig.right), { 'thing/inside.txt': 'inside' });
});

test('a folder that wins against a file brings its content with the next session', async () => {
  plant(rig.left, { thing: 'file' });
  plant(rig.right, { 'thing/inside.txt': 'inside' });
  await resolve(await onlyConflict(), { choice: 'keep', side: 'right' });
  await rig.run();
  assert.deepEqual(harvest(rig.left), { 'thing/inside.txt': 'inside' });
  await quiet();
});

test('what a resolution made and a person changed since is not undone', async () => {
  const conflict = await dispute();
  const data = await resolve(conflict, { choice: 'keep', side: 'left' });
  writeFileSync(join(rig.right, 'sub/a.txt'), 'worked on since');
  await assert.rejects(undo(conflict, data), { code: 'folder-target-changed' });
  assert.equal(harvest(rig.right)['sub/a.txt'], 'worked on since');
});

test('CR-14 a choice of which a part fails is taken back whole, and can be made again', async () => {
  const conflict = await dispute();
  let links = 0;
  const filesystem = faultyDisk(disk, (call) =>
    call === 'link' && ++links === 3 ? 'ENOSPC' : null,
  );
  await assert.rejects(resolve(conflict, { choice: 'keep-both' }, { filesystem }), {
    code: 'folder-full',
  });
  assert.equal(links > 2, true);
  assert.equal(harvest(rig.left)['sub/a.txt'], 'from the left');
  assert.equal(harvest(rig.right)['sub/a.txt'], 'the right one');
  const again = await onlyConflict();
  await resolve(again, { choice: 'keep-both' });
  assert.equal(Object.keys(harvest(rig.left)).length, 3);
  await quiet();
});

test('a path that leads out of the folder is refused', async () => {
  const conflict = await dispute();
  const subject = '../outside';
  const versions = conflict.versions.map((version) => ({ ...version, location: null }));
  await assert.rejects(
    resolve({ ...conflict, subject, versions }, { choice: 'keep', side: 'left' }),
    {
      code: 'conflict-stale',
    },
  );
  rmSync(join(rig.left, 'b.txt'));
});

for (const conflict of ['left', 'right', 'newest', 'largest', 'copy'] as const) {
  test(`I10 what the rule ${conflict} decided stands in the inbox as resolved, and can be undone`, async () => {
    plant(rig.left, { 'a.txt': 'agreed', other: 'o' });
    await rig.run();
    writeFileSync(join(rig.left, 'a.txt'), 'from the left');
    writeFileSync(join(rig.right, 'a.txt'), 'from the right side');
    utimesSync(join(rig.left, 'a.txt'), 1_700_000_000, 1_700_000_000);
    const { conflicts } = await rig.run({ settings: { conflict } });
    const [settled] = conflicts;
    assert.deepEqual(
      conflicts.map(({ subject, settled: found }) => [subject, found?.resolution.choice]),
      [['a.txt', conflict === 'copy' ? 'keep-both' : 'keep']],
    );
    assert.deepEqual(harvest(rig.left), harvest(rig.right));
    if (settled?.settled === undefined) throw new Error('nothing was settled');
    await undo(settled, JSON.parse(JSON.stringify(settled.settled.undo)));
    assert.deepEqual(harvest(rig.left), { 'a.txt': 'from the left', other: 'o' });
    assert.deepEqual(harvest(rig.right), { 'a.txt': 'from the right side', other: 'o' });
    assert.equal((await onlyConflict()).settled, undefined);
  });
}

test('FS-16 a folder that lost to a file by a rule comes back with what was in it', async () => {
  plant(rig.left, { thing: 'file' });
  plant(rig.right, { 'thing/inside.txt': 'inside', 'thing/deep/er.txt': 'deeper' });
  const { conflicts } = await rig.run({ settings: { mode: 'two-way-resolved' } });
  assert.deepEqual(harvest(rig.right), { thing: 'file' });
  const [settled] = conflicts;
  if (settled?.settled === undefined) throw new Error('nothing was settled');
  await undo(settled, JSON.parse(JSON.stringify(settled.settled.undo)));
  assert.deepEqual(harvest(rig.left), { thing: 'file' });
  assert.deepEqual(harvest(rig.right), {
    'thing/deep/er.txt': 'deeper',
    'thing/inside.txt': 'inside',
  });
});
