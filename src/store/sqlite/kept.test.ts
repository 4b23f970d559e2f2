// What is kept in memory is what the file holds, whoever wrote it and whatever was taken back.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { handClock } from '../../../test/conformance/store/bed.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { event, partnership } from '../../../test/conformance/store/samples.ts';
import { openSqliteStore } from './store.ts';

const clock = handClock();

test('a partnership that another process changes or removes is read anew', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const other = openSqliteStore({ folder, clock }).store;
  await store.partnerships.put(partnership(), []);
  assert.equal((await store.partnerships.get('p1'))?.enabled, true);
  assert.equal((await store.partnerships.list()).length, 1);
  await other.partnerships.put(partnership({ enabled: false }), []);
  assert.equal((await store.partnerships.get('p1'))?.enabled, false);
  assert.equal((await store.partnerships.list())[0]?.enabled, false);
  await other.partnerships.remove('p1', []);
  assert.equal(await store.partnerships.get('p1'), null);
  assert.deepEqual(await store.partnerships.list(), []);
  await Promise.all([store.close(), other.close()]);
  remove();
});

test('what another process wrote before a turn’s transaction is seen within it', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const other = openSqliteStore({ folder, clock }).store;
  await store.partnerships.put(partnership(), []);
  const looked = store.partnerships.get('p1');
  const put = other.partnerships.put(partnership({ enabled: false }), []);
  await other.flush();
  const written = store.events.add([event('one')]);
  assert.equal((await store.partnerships.get('p1'))?.enabled, false);
  assert.equal((await looked)?.enabled, true);
  await Promise.all([put, written]);
  await Promise.all([store.close(), other.close()]);
  remove();
});

test('a partnership of a turn that could not be committed is not remembered', async () => {
  const { folder, remove } = quickFolder();
  const { store } = openSqliteStore({ folder, clock });
  const db = new DatabaseSync(join(folder, 'store.db'));
  db.exec(`create table unmet (a references log (id) deferrable initially deferred);
    create trigger fail after insert on events when new.data like '%doomed%'
    begin insert into unmet values (-1); end`);
  db.close();
  await store.partnerships.put(partnership(), []);
  const put = store.partnerships.put(partnership({ enabled: false }), [event('doomed')]);
  assert.equal((await store.partnerships.get('p1'))?.enabled, false);
  await assert.rejects(put);
  assert.equal((await store.partnerships.get('p1'))?.enabled, true);
  await store.close();
  remove();
});
