// A disk that fails under the store, as the system calls report it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { handClock, refused } from '../../../test/conformance/store/bed.ts';
import { temporaryFolder } from '../../../test/conformance/store/folder.ts';
import { event, partnership } from '../../../test/conformance/store/samples.ts';
import { errorRecord } from '../../model/error.ts';
import { Connection } from './connection.ts';
import { storeFault } from './fault.ts';
import { Journal } from './journal.ts';
import { openFile } from './open.ts';
import { partnershipTable } from './partnerships.ts';
import { openSqliteStore } from './store.ts';
import { Subscribers } from './subscribers.ts';

const writer = join(import.meta.dirname, '../../../test/fixtures/store-writer.ts');
const hasStrace = spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0;

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
  test(title, { skip: !hasStrace }, async () => {
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

test('DB-03 a write without room leaves the others of its turn as they were told', async () => {
  const { folder, remove } = temporaryFolder();
  const clock = handClock();
  const { connection } = openFile(join(folder, 'store.db'), clock);
  connection.exec('pragma max_page_count = 60');
  const subscribers = new Subscribers(connection);
  const journal = new Journal({ connection, clock, subscribers, onFirstWrite: () => {} });
  const partnerships = partnershipTable(connection, journal);
  const put = (id: string, length: number) => {
    const one = partnership({ id, name: id, settings: { text: 'x'.repeat(length) } });
    return partnerships.put(one, []);
  };
  const outcomes = await Promise.allSettled([put('a', 1), put('large', 900_000), put('b', 1)]);
  const codes = outcomes.map((one) =>
    one.status === 'rejected' ? errorRecord(one.reason).code : '',
  );
  assert.equal(codes[1], 'store-full');
  const stored = new Set((await partnerships.list()).map(({ id }) => id));
  assert.deepEqual([stored.has('a'), stored.has('b')], [codes[0] === '', codes[2] === '']);
  await put('c', 1);
  assert.notEqual(await partnerships.get('c'), null);
  connection.close();
  remove();
});

test('DB-03 a store that may not be written says so, and can be read', () => {
  const { folder, remove } = temporaryFolder();
  const { connection } = openFile(join(folder, 'store.db'), handClock());
  connection.exec('pragma query_only = on');
  assert.throws(() => connection.run('update meta set generation = 7'), refused('store-read-only'));
  const sql = 'select generation from meta';
  assert.equal(connection.get<{ generation: number }>(sql)?.generation, 0);
  connection.close();
  remove();
});

test('DB-09 a reader that never ends does not delay a write', async () => {
  const { folder, remove } = temporaryFolder();
  const { store } = openSqliteStore({ folder, clock: handClock() });
  const reader = new Connection(join(folder, 'store.db'));
  reader.exec('begin');
  reader.get('select * from events');
  const from = performance.now();
  for (let number = 0; number < 50; number += 1) await store.events.add([event('x')]);
  assert.ok(performance.now() - from < 2_000);
  reader.exec('commit');
  reader.close();
  await store.close();
  remove();
});

test('DB-09 a lock of another program is waited for so long and no longer', () => {
  const { folder, remove } = temporaryFolder();
  const { connection } = openFile(join(folder, 'store.db'), handClock());
  connection.exec('begin immediate');
  const second = new Connection(connection.file, 60);
  const from = performance.now();
  assert.throws(() => second.exec('begin immediate'), refused('store-busy'));
  const waited = performance.now() - from;
  assert.ok(waited >= 50 && waited < 2_000, `${waited} ms`);
  connection.exec('rollback');
  second.exec('begin immediate');
  second.close();
  connection.close();
  remove();
});

test('every result code of SQLite comes with a class of its own', () => {
  const classOf = (errcode: number) => {
    const { code, retry } = storeFault(Object.assign(new Error('x'), { errcode }), 'f');
    return `${code} ${retry}`;
  };
  assert.equal(classOf(5), 'store-busy temporary');
  assert.equal(classOf(13), 'store-full quota');
  assert.equal(classOf(1_034), 'store-failed temporary');
  assert.equal(classOf(776), 'store-read-only needs-person');
  assert.equal(classOf(267), 'store-damaged needs-person');
  assert.equal(classOf(14), 'store-failed temporary');
  assert.equal(classOf(19), 'internal fatal');
});
