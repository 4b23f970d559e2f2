import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig, Recorder, settled } from '../../test/support/folder-rig.ts';
import { harvest, plant, staged } from '../../test/support/tree.ts';
import type { PlanChange } from '../model/plan.ts';
import { openCrew } from '../platform/crew.ts';
import { disk } from '../platform/disk.ts';
import type { PrepareCall } from '../ports/handler.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

const mebibyte = 1024 * 1024;

const limited = { settings: { bandwidth: 1e12 } };

test('a large file of which a little changed is patched where bytes are limited, and only that is written', async () => {
  const bytes = randomBytes(8 * mebibyte);
  const file = join(rig.left, 'large.bin');
  writeFileSync(file, bytes);
  await rig.run();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, 'changed', 3 * mebibyte);
  closeSync(descriptor);
  const run = await rig.run(limited);
  assert.equal(run.synchronized?.bytes, 64 * 1024);
  assert.deepEqual(readFileSync(join(rig.right, 'large.bin')), readFileSync(file));
});

test('without a limit a large file that changed is copied anew by the kernel', async () => {
  const file = join(rig.left, 'large.bin');
  writeFileSync(file, randomBytes(2 * mebibyte));
  await rig.run();
  writeFileSync(file, 'changed', { flag: 'r+' });
  const run = await rig.run();
  assert.equal(run.synchronized?.bytes, 2 * mebibyte);
  assert.deepEqual(readFileSync(join(rig.right, 'large.bin')), readFileSync(file));
});

for (const [how, size] of [
  ['grew', 8 * mebibyte + 12_345],
  ['shrank', 8 * mebibyte - 12_345],
] as const) {
  test(`a large file that ${how} is patched to its new length where bytes are limited`, async () => {
    const bytes = randomBytes(9 * mebibyte);
    const file = join(rig.left, 'large.bin');
    writeFileSync(file, bytes.subarray(0, 8 * mebibyte));
    await rig.run();
    writeFileSync(file, bytes.subarray(0, size));
    const run = await rig.run(limited);
    assert.equal((run.synchronized?.bytes ?? size) <= 64 * 1024, true);
    assert.deepEqual(readFileSync(join(rig.right, 'large.bin')), readFileSync(file));
  });
}

test('what was brought near before a stop is kept, and the rest comes next time', async () => {
  for (let number = 0; number < 40; number += 1) plant(rig.left, { [`f${number}`]: 'x' });
  const recorder = new Recorder();
  let begun = 0;
  const filesystem = faultyDisk(disk, (call, name) => {
    if (call === 'createFile' && /^\d+$/.test(name) && ++begun === 11) recorder.stopper.abort();
    return null;
  });
  const session = await rig.open(recorder.callback, { filesystem });
  await settled(await session.prepare({ items: ['folders'], approved: null }));
  await settled(await session.synchronize());
  await session.close();
  assert.equal(Object.keys(harvest(rig.right)).length, 10);
  assert.deepEqual(staged(rig.right), []);
  const run = await rig.run();
  assert.equal(run.changes.length, 30);
  assert.deepEqual(harvest(rig.right), harvest(rig.left));
});

test('a skip before synchronize changes nothing and says so', async () => {
  plant(rig.left, { a: 'a' });
  const recorder = new Recorder();
  const session = await rig.open(recorder.callback);
  await settled(await session.prepare({ items: ['folders'], approved: null }));
  recorder.answer = 'skip';
  recorder.stopper.abort();
  await settled(await session.synchronize());
  await session.close();
  assert.equal(recorder.reports.at(-1)?.status, 'skipped');
  assert.deepEqual(harvest(rig.right), {});
});

/** As it comes back from the store. */
function approvalOf(changes: readonly PlanChange[]): PrepareCall['approved'] {
  const summary = {
    hash: 'h',
    session: 's',
    partnership: 'pair-1',
    createdAt: 0,
    state: 'approved',
    counts: {},
    bytes: 0,
    halts: [],
  } as const;
  const stored = JSON.parse(JSON.stringify(changes));
  return { summary, changes: () => stored };
}

test('an approved plan is carried out by another session, exactly', async () => {
  plant(rig.left, { a: 'a', 'sub/b': 'b' });
  const { changes } = await rig.prepare();
  plant(rig.left, { later: 'not part of it' });
  const recorder = new Recorder();
  const session = await rig.open(recorder.callback);
  const approved = approvalOf(changes);
  const prepared = await settled(await session.prepare({ items: ['folders'], approved }));
  assert.equal(prepared.outcome, 'ready');
  if (prepared.outcome === 'ready') assert.deepEqual([...(prepared.plan?.changes ?? [])], changes);
  await settled(await session.synchronize());
  await session.close();
  assert.deepEqual(harvest(rig.right), { a: 'a', 'sub/b': 'b' });
  const next = await rig.run();
  assert.deepEqual(
    next.changes.map(({ path }) => path),
    ['later'],
  );
});

test('an approved plan carries no source that is not what was approved', async () => {
  plant(rig.left, { a: 'approved', b: 'b' });
  const { changes } = await rig.prepare();
  plant(rig.left, { a: 'and something else' });
  const recorder = new Recorder();
  const session = await rig.open(recorder.callback);
  await settled(await session.prepare({ items: ['folders'], approved: approvalOf(changes) }));
  await settled(await session.synchronize());
  await session.close();
  assert.deepEqual(harvest(rig.right), { b: 'b' });
  assert.deepEqual(
    recorder.lines.map(({ code, subject }) => [code, subject]),
    [['folder-target-changed', 'a']],
  );
  await rig.run();
  assert.deepEqual(harvest(rig.right), { a: 'and something else', b: 'b' });
});

test('a paused session stands still until it goes on, and a stop ends it', async () => {
  for (let number = 0; number < 200; number += 1) plant(rig.left, { [`f${number}`]: 'x' });
  const crew = openCrew(new URL('../worker.ts', import.meta.url), 1);
  try {
    const recorder = new Recorder();
    const session = await rig.open(recorder.callback, { crew });
    await settled(await session.prepare({ items: ['folders'], approved: null }));
    session.pause?.(true);
    const work = settled(await session.synchronize());
    await new Promise((wake) => setTimeout(wake, 150));
    assert.deepEqual(harvest(rig.right), {});
    assert.equal(recorder.reports.at(-1)?.status ?? 'paused', 'paused');
    session.pause?.(false);
    await work;
    assert.equal(Object.keys(harvest(rig.right)).length, 200);
    await session.close();
  } finally {
    await crew.close();
  }
});

test('progress tells how much is done of how much, and the last path', async () => {
  plant(rig.left, { a: 'aa', b: 'bbb' });
  const run = await rig.run();
  const last = run.reports.findLast(({ value }) => value !== undefined);
  assert.deepEqual([last?.value, last?.bytes], [2, 5]);
  assert.equal(run.reports.find(({ max }) => max !== undefined)?.max, 2);
  assert.equal(run.reports.at(-1)?.status, 'succeeded');
});

for (const [key, settings] of [
  ['mode', { mode: 'both' }],
  ['conflict', { conflict: 1 }],
  ['ignore', { ignore: 'x' }],
  ['limits.share', { limits: { share: 2 } }],
  ['limits.most', { limits: { most: 2 } }],
  ['bandwidth', { bandwidth: 'fast' }],
  ['trashDays', { trashDays: -1 }],
  ['left', { left: 'relative' }],
  ['lift', { lift: '/x' }],
] as const) {
  test(`a wrong setting is refused by its name: ${key}`, async () => {
    await assert.rejects(rig.run({ settings }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'folder-setting-invalid');
      assert.match(error.message, new RegExp(`setting ${key} is`));
      return true;
    });
  });
}

test('a baseline file that is damaged costs no file', async () => {
  plant(rig.left, { a: 'a', b: 'b' });
  await rig.run();
  writeFileSync(join(rig.state, 'baselines/pair-1.base'), 'garbage');
  rmSync(join(rig.left, 'a'));
  await rig.run();
  assert.deepEqual(harvest(rig.left), { a: 'a', b: 'b' });
});
