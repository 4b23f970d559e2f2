// A disk that fails under the store, as the system calls report it.
import assert from 'node:assert/strict';
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
