import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { locksConformance } from '../../../test/conformance/locks.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { openLocks } from './locks.ts';

locksConformance('SQLite', () => {
  const { folder, remove } = quickFolder();
  return { locks: [openLocks({ folder }), openLocks({ folder })], end: remove };
});

const holder = join(import.meta.dirname, '../../../test/fixtures/lock-holder.ts');

test('DB-06 a lock of another process names its pid and dies with it', async () => {
  const { folder, remove } = quickFolder();
  const child = spawn(process.execPath, [holder, folder, 'documents']);
  try {
    const [said] = await once(child.stdout, 'data');
    assert.equal(String(said), 'held\n');
    const locks = openLocks({ folder });
    assert.deepEqual(await locks.tryLock('documents'), { heldBy: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await locks.tryLock('documents');
    assert.ok('release' in lock);
    lock.release();
  } finally {
    child.kill('SIGKILL');
    remove();
  }
});

test('locks stay in their folder whatever their names', async () => {
  const { folder, remove } = quickFolder();
  const inner = join(folder, 'locks');
  const lock = await openLocks({ folder: inner }).tryLock('../../outside');
  assert.ok('release' in lock);
  lock.release();
  assert.deepEqual(readdirSync(folder), ['locks']);
  remove();
});
