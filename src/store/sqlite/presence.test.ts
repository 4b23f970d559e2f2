import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { handClock } from '../../../test/conformance/store/bed.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { event } from '../../../test/conformance/store/samples.ts';
import { openSqliteStore } from './store.ts';

const clock = handClock();

function openers(folder: string): unknown[] {
  const db = new DatabaseSync(join(folder, 'store.db'));
  const rows = db.prepare('select pid from openers').all();
  db.close();
  return rows.map(({ pid }) => pid);
}

test('whoever writes is entered, and taken out by closing', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  await store.sessions.list({});
  assert.deepEqual(openers(folder), []);
  await store.events.add([event('x')]);
  await store.events.add([event('y')]);
  assert.deepEqual(openers(folder), [process.pid]);
  await store.close();
  assert.deepEqual(openers(folder), []);
  remove();
});

test('an earlier process with the same number is not taken for this one', async () => {
  const { folder, remove } = quickFolder();
  void openSqliteStore({ folder, clock }).store.close();
  const db = new DatabaseSync(join(folder, 'store.db'));
  db.prepare('insert into openers (id, pid, since) values (7, ?, 0)').run(process.pid);
  db.close();
  const { store } = openSqliteStore({ folder, clock });
  await store.events.add([event('x')]);
  assert.equal(openers(folder).length, 1);
  await store.close();
  assert.deepEqual(openers(folder), []);
  remove();
});

test('a process that ended without closing is forgotten by the next that writes', async () => {
  const { folder, remove } = quickFolder();
  void openSqliteStore({ folder, clock }).store.close();
  const { pid } = spawnSync('true');
  const db = new DatabaseSync(join(folder, 'store.db'));
  db.prepare('insert into openers (pid, since) values (?, 0)').run(pid);
  db.close();
  const { store } = openSqliteStore({ folder, clock });
  await store.events.add([event('x')]);
  assert.deepEqual(openers(folder), [process.pid]);
  await store.close();
  remove();
});
