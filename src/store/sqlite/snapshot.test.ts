// The daily copy, and what is offered when the store is found damaged.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { marks } from '../../../test/conformance/store/bed.ts';
import { temporaryFolder } from '../../../test/conformance/store/folder.ts';
import { event, line } from '../../../test/conformance/store/samples.ts';
import type { Clock } from '../../ports/clock.ts';
import { openSqliteStore } from './store.ts';

const dayMs = 86_400_000;

/** The true time and so many days. */
const daysOn = (days: number): Clock => ({
  now: () => Date.now() + days * dayMs,
  zone: () => 'UTC',
  monotonic: () => performance.now(),
  sleep: async () => {},
});

async function write(folder: string, text: string, days: number): Promise<void> {
  const { store } = openSqliteStore({ folder, clock: daysOn(days) });
  await store.events.add([event(text)]);
  await store.close();
}

test('MT-15 a store is copied when it is closed, at most once a day, and not on its first', async () => {
  const { folder, remove } = temporaryFolder();
  const copy = join(folder, 'store.db.copy');
  await write(folder, 'first day', 0);
  assert.equal(existsSync(copy), false);
  await write(folder, 'second day', 2);
  const { ino } = statSync(copy);
  await write(folder, 'the same day', 0.5);
  assert.equal(statSync(copy).ino, ino);
  await write(folder, 'later', 1.5);
  assert.notEqual(statSync(copy).ino, ino);
  assert.equal(existsSync(`${copy}.new`), false);
  remove();
});

test('DB-01 a store found damaged names its last good copy, which holds what it says', async () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'store.db');
  await write(folder, 'kept', 2);
  writeFileSync(file, 'Dear diary,');
  const { store, damage, warnings } = openSqliteStore({ folder, clock: daysOn(2) });
  assert.ok(damage?.snapshot);
  assert.equal(damage.snapshot.path, `${damage.keptAs}.copy`);
  assert.equal(warnings[0]?.code, 'store-replaced');
  assert.match(warnings[0].text, /is kept as .*damaged-.*To go back to the good copy of 20/);
  await store.close();
  renameSync(damage.snapshot.path, file);
  const again = openSqliteStore({ folder, clock: daysOn(2) });
  assert.equal(again.damage, null);
  assert.deepEqual(await marks(again.store), ['kept']);
  await again.store.close();
  remove();
});

test('MT-15 a damaged store never replaces its good copy', async () => {
  const { folder, remove } = temporaryFolder();
  const file = join(folder, 'store.db');
  const first = openSqliteStore({ folder, clock: daysOn(2) }).store;
  await first.log.add([line({ text: 'x'.repeat(2_000_000) })]).durable;
  await first.close();
  const { ino } = statSync(`${file}.copy`);
  // Too large to be looked over when it is opened.
  const content = readFileSync(file);
  content.fill(0xa5, 4096 * 50, 4096 * 60);
  writeFileSync(file, content);
  const { store, damage } = openSqliteStore({ folder, clock: daysOn(9) });
  assert.equal(damage, null);
  await store.events.add([event('x')]);
  await store.close();
  assert.equal(statSync(`${file}.copy`).ino, ino);
  assert.equal(existsSync(`${file}.copy.new`), false);
  remove();
});
