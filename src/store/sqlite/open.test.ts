// A store that is not what it should be when it is opened.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { handClock, marks, refused } from '../../../test/conformance/store/bed.ts';
import { temporaryFolder } from '../../../test/conformance/store/folder.ts';
import { change, event, line, plan, session } from '../../../test/conformance/store/samples.ts';
import { openSqliteStore } from './store.ts';

const clock = handClock();

/** A folder with a closed store that has some pages. */
async function storedBefore(): Promise<{ folder: string; file: string; remove: () => void }> {
  const { folder, remove } = temporaryFolder();
  const { store } = openSqliteStore({ folder, clock });
  const lines = Array.from({ length: 3_000 }, (_, number) => line({ text: `line ${number}` }));
  await store.log.add(lines).durable;
  await store.sessions.add(session(), [event('added')]);
  await store.sessions.update('s1', { phase: 'succeeded' }, [], true);
  await store.plans.put(plan(), [change('x')], []);
  await store.close();
  return { folder, file: join(folder, 'store.db'), remove };
}

const damages: Readonly<Record<string, (file: string) => void>> = {
  'a corrupt page': (file) => {
    const content = readFileSync(file);
    content.fill(0xa5, 4096 * 20, 4096 * 40);
    writeFileSync(file, content);
  },
  'a truncated file': (file) => truncateSync(file, 4096 * 7 + 100),
  'a zero-length file': (file) => truncateSync(file, 0),
  'a file that is no database': (file) => writeFileSync(file, 'Dear diary,\n'.repeat(1_000)),
  'the database of another program': (file) => {
    rmSync(file);
    const db = new DatabaseSync(file);
    db.exec('pragma application_id = 7; create table theirs (a); insert into theirs values (1)');
    db.close();
  },
};

for (const [name, damage] of Object.entries(damages)) {
  test(`DB-01 ${name} is kept aside and a new store begun`, async () => {
    const { folder, file, remove } = await storedBefore();
    damage(file);
    const content = readFileSync(file);
    const opened = openSqliteStore({ folder, clock });
    assert.ok(opened.damage !== null && opened.damage.reason.length > 0);
    assert.deepEqual(readFileSync(opened.damage.keptAs), content);
    assert.deepEqual(await opened.store.sessions.list({}), []);
    assert.equal(await opened.store.generation(), 0);
    await opened.store.events.add([event('new')]);
    await opened.store.close();
    const again = openSqliteStore({ folder, clock });
    assert.equal(again.damage, null);
    assert.deepEqual(await marks(again.store), ['new']);
    await again.store.close();
    remove();
  });
}

test('DB-01 MT-15 a large damaged store fails when read, and is kept aside the next time', async () => {
  const { folder, file, remove } = await storedBefore();
  const first = openSqliteStore({ folder, clock }).store;
  await first.log.add([line({ text: 'x'.repeat(2_000_000) })]).durable;
  await first.close();
  const content = readFileSync(file);
  content.fill(0xa5, 4096 * 50, 4096 * 60);
  writeFileSync(file, content);
  const { store, damage } = openSqliteStore({ folder, clock });
  assert.equal(damage, null);
  await assert.rejects(store.log.list({ limit: 10_000 }), refused('store-damaged'));
  await store.close();
  // As if the process had ended: its number is one that nobody has.
  const { pid } = spawnSync('true');
  const db = new DatabaseSync(file);
  db.prepare('update openers set pid = ?').run(pid);
  db.close();
  const again = openSqliteStore({ folder, clock });
  assert.notEqual(again.damage, null);
  await again.store.close();
  remove();
});

test('DB-01 a second damage at the same moment does not replace the first', async () => {
  const { folder, file, remove } = await storedBefore();
  const kept = ['first', 'second'].map((text) => {
    writeFileSync(file, text);
    const { store, damage } = openSqliteStore({ folder, clock });
    void store.close();
    return damage?.keptAs ?? '';
  });
  assert.deepEqual(
    kept.map((path) => readFileSync(path, 'utf8')),
    ['first', 'second'],
  );
  remove();
});

test('DB-02 a store without its log opens with an older generation, and says no wrong', async () => {
  const { folder, file, remove } = await storedBefore();
  const { store } = openSqliteStore({ folder, clock });
  await store.sessions.add(session({ id: 's2' }), []);
  await store.sessions.update('s2', { phase: 'succeeded' }, [], true);
  assert.equal(await store.generation(), 2);
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  // The file alone, as a crash and a lost log leave it; never copied by this process otherwise.
  writeFileSync(join(copy, 'store.db'), readFileSync(file));
  const older = openSqliteStore({ folder: copy, clock });
  assert.equal(older.damage, null);
  assert.equal(await older.store.generation(), 1);
  assert.deepEqual(await older.store.sessions.list({}), [session({ phase: 'succeeded' })]);
  await older.store.close();
  await store.close();
  remove();
});

test('CR-13 a store of a newer form is refused and left as it is', async () => {
  const { folder, file, remove } = await storedBefore();
  const db = new DatabaseSync(file);
  db.exec('pragma user_version = 99');
  db.close();
  const before = statSync(file).mtimeMs;
  assert.throws(() => openSqliteStore({ folder, clock }), refused('store-newer'));
  assert.equal(statSync(file).mtimeMs, before);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('damaged')),
    [],
  );
  remove();
});

test('CR-13 a store whose making was cut off is made again', async () => {
  const { folder, remove } = temporaryFolder();
  for (const part of ['.new', '.new-wal', '.new-shm']) {
    writeFileSync(join(folder, `store.db${part}`), 'half of it');
  }
  const { store, damage } = openSqliteStore({ folder, clock });
  assert.equal(damage, null);
  await store.events.add([event('x')]);
  await store.close();
  assert.deepEqual(readdirSync(folder).toSorted(), ['store.db', 'store.db.opening']);
  remove();
});

test('DB-03 a file moved away under an open store: writes are refused, then go to its place', async () => {
  const { folder, file, remove } = await storedBefore();
  const { store } = openSqliteStore({ folder, clock });
  await store.events.add([event('one')]);
  renameSync(file, `${file}.away`);
  await assert.rejects(store.events.add([event('two')]), refused('store-failed'));
  await assert.rejects(store.events.add([event('three')]), refused('store-failed'));
  assert.equal(existsSync(file), false);
  renameSync(`${file}.away`, file);
  await store.events.add([event('four')]);
  assert.deepEqual(await marks(store), ['added', 'one', 'four']);
  await store.close();
  remove();
});

test('DB-01 a store set aside under an open one: that refuses once, then joins the new', async () => {
  const { folder, file, remove } = await storedBefore();
  const { store } = openSqliteStore({ folder, clock });
  await store.events.add([event('one')]);
  for (const part of ['', '-wal', '-shm']) renameSync(file + part, `${file}.away${part}`);
  const other = openSqliteStore({ folder, clock }).store;
  await other.events.add([event('new')]);
  await assert.rejects(store.events.add([event('lost')]), refused('store-failed'));
  await store.events.add([event('joined')]);
  assert.deepEqual(await marks(other), ['new', 'joined']);
  await Promise.all([store.close(), other.close()]);
  remove();
});

test('DB-08 an SQLite that can lose writes is refused', () => {
  const { folder, remove } = temporaryFolder();
  for (const sqliteVersion of ['3.51.2', '3.9.9', '2.99.0']) {
    const open = () => openSqliteStore({ folder, clock, sqliteVersion });
    assert.throws(open, refused('store-sqlite-old'));
  }
  void openSqliteStore({ folder, clock, sqliteVersion: '3.51.3' }).store.close();
  remove();
});

test('a folder that cannot be made is said to be', () => {
  const { folder, remove } = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const open = () => openSqliteStore({ folder: join(folder, 'file', 'state'), clock });
  assert.throws(open, refused('store-failed'));
  remove();
});

test('only the owner can read the store', () => {
  const { folder, remove } = temporaryFolder();
  const inner = join(folder, 'state');
  void openSqliteStore({ folder: inner, clock }).store.close();
  assert.equal(statSync(inner).mode & 0o77, 0);
  assert.equal(statSync(join(inner, 'store.db')).mode & 0o77, 0);
  remove();
});
