// A store whose disk fails in the middle of its writes: what was promised is stored, and what could
// not be stored was refused.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { handClock } from '../conformance/store/bed.ts';
import { temporaryFolder } from '../conformance/store/folder.ts';
import { tracedTest } from './tracer.ts';

const writer = join(import.meta.dirname, '../fixtures/store-writer.ts');

/** What a process that writes 30 requests was told, the system call failing where named. */
function writeUnder(folder: string, inject: string): string[] {
  void openSqliteStore({ folder, clock: handClock() }).store.close();
  const strace = ['-f', '-o', '/dev/null', '-e', 'trace=fsync,pwrite64', '-e', `inject=${inject}`];
  const { stdout } = spawnSync('strace', [...strace, process.execPath, writer, folder, 'x', '30']);
  return stdout.toString().trimEnd().split('\n');
}

const faults = [
  { name: 'EIO on flush', inject: 'fsync:error=EIO:when=4..6', code: 'store-failed' },
  { name: 'EIO on write', inject: 'pwrite64:error=EIO:when=9..12', code: 'store-failed' },
  { name: 'ENOSPC on write', inject: 'pwrite64:error=ENOSPC:when=9..12', code: 'store-full' },
] as const;

for (const { name, inject, code } of faults) {
  const title = `MT-16 ${name}: no write is promised that is not stored, and later ones succeed`;
  tracedTest(title, async () => {
    const { folder, remove } = temporaryFolder();
    const said = writeUnder(folder, inject).map((line) => line.split(' '));
    assert.equal(said.length, 30);
    const promised = said.filter(([word]) => word === 'ok').map(([, id]) => id ?? '');
    assert.deepEqual(new Set(said.map(([word]) => word)), new Set(['ok', code]));
    assert.equal(said.at(-1)?.[0], 'ok');
    const { store, damage } = openSqliteStore({ folder, clock: handClock() });
    assert.equal(damage, null);
    const stored = (await store.requests.list(['waiting'])).map(({ id }) => id);
    assert.deepEqual(new Set(stored), new Set(promised));
    await store.close();
    remove();
  });
}
