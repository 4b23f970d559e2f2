import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';
import { clearRoot } from './finish.ts';
import { Meter } from './meter.ts';
import { Patience } from './patience.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

test('FS-12 a name that is held for a moment is tried again', async () => {
  plant(rig.left, { a: 'old' });
  await rig.run();
  plant(rig.left, { a: 'much newer' });
  let refused = 0;
  const filesystem = faultyDisk(disk, (call, name) => {
    if (call !== 'rename' || name !== 'a' || refused === 3) return null;
    refused += 1;
    return 'EBUSY';
  });
  const run = await rig.run({ filesystem });
  assert.equal(refused, 3);
  assert.deepEqual(run.log, []);
  assert.deepEqual(harvest(rig.right), { a: 'much newer' });
});

test('FS-12 names that stay held cost one wait together, are told, and hold nothing else up', async () => {
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) plant(rig.left, { [name]: 'old' });
  await rig.run();
  for (const name of names) plant(rig.left, { [name]: 'much newer' });
  const filesystem = faultyDisk(disk, (call, name) =>
    call === 'rename' && name !== 'd' && names.includes(name) ? 'EBUSY' : null,
  );
  const began = performance.now();
  const run = await rig.run({ filesystem });
  assert.equal(performance.now() - began < 5000, true);
  assert.deepEqual(
    run.log.map(({ code, subject }) => [code, subject]),
    [
      ['folder-busy', 'a'],
      ['folder-busy', 'b'],
      ['folder-busy', 'c'],
    ],
  );
  assert.deepEqual(harvest(rig.right), { a: 'old', b: 'old', c: 'old', d: 'much newer' });
});

test('FS-12 what will not pass is not waited for, and a stop ends the wait', () => {
  const meter = new Meter();
  const patience = new Patience(meter);
  const refuse = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  const began = performance.now();
  assert.throws(() => patience.insist(refuse('ENOSPC')), { code: 'ENOSPC' });
  meter.stop();
  assert.throws(() => patience.insist(refuse('EBUSY')), { code: 'EBUSY' });
  assert.equal(performance.now() - began < 500, true);
});

test('what a killed session left aside in the trash goes when the trash does, and not before', () => {
  const trash = join(rig.left, '.syncmgr/trash');
  mkdirSync(join(trash, 'aside-1a2b'), { recursive: true });
  writeFileSync(join(trash, 'aside-1a2b/inside'), 'x');
  const { device = 0, inode = 0 } = disk.stat(rig.left) ?? {};
  const root = { path: rig.left, device, inode };
  const at = (now: number) => ({
    filesystem: disk,
    clock: {
      now: () => now,
      zone: () => 'UTC',
      monotonic: () => now,
      sleep: async () => undefined,
    },
    sha256: () => {
      throw new Error('nothing is read');
    },
  });
  const days = 86_400_000;
  clearRoot(at(Date.now() + 29 * days), { root, trashDays: 30 });
  assert.deepEqual(readdirSync(trash), ['aside-1a2b']);
  clearRoot(at(Date.now() + 31 * days), { root, trashDays: 30 });
  assert.deepEqual(readdirSync(trash), []);
  rmSync(trash, { recursive: true });
});
