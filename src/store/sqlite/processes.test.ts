// Several processes on one store, and processes that are killed while they write.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { handClock, marks } from '../../../test/conformance/store/bed.ts';
import { temporaryFolder } from '../../../test/conformance/store/folder.ts';
import { event } from '../../../test/conformance/store/samples.ts';
import type { Event } from '../../model/event.ts';
import type { Store } from '../../ports/store.ts';
import { holdExclusively } from './exclusive.ts';
import { openSqliteStore } from './store.ts';

const seed = Number(process.env.SEED ?? 4_242);
const writer = join(import.meta.dirname, '../../../test/fixtures/store-writer.ts');

function startWriter(folder: string, prefix: string, count: number): ChildProcess {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return spawn(process.execPath, [writer, folder, prefix, String(count)], { stdio: [...stdio] });
}

async function promised(child: ChildProcess): Promise<string[]> {
  const said = child.stdout === null ? '' : await text(child.stdout);
  // A line that the kill cut off was not said.
  const lines = said
    .slice(0, said.lastIndexOf('\n') + 1)
    .trimEnd()
    .split('\n');
  return lines.filter((line) => line.startsWith('ok ')).map((line) => line.slice(3));
}

/** Ids of the requests stored, after making sure that each stands with both of its events. */
async function storedWhole(store: Store): Promise<string[]> {
  const ids = (await store.requests.list(['waiting'])).map(({ id }) => id);
  const found = await marks(store);
  assert.deepEqual(new Set(found), new Set(ids.flatMap((id) => [`${id}-a`, `${id}-b`])));
  assert.equal(found.length, ids.length * 2);
  return ids;
}

test(`CR-09 what was promised outlives a SIGKILL at any moment (SEED=${seed})`, async () => {
  const { folder, remove } = temporaryFolder();
  const clock = handClock();
  const all: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const child = startWriter(folder, `r${round}-`, 1_000_000);
    const said = promised(child);
    const first = child.stdout === null ? null : once(child.stdout, 'data');
    await first;
    await wait((seed * (round + 1)) % 97);
    child.kill('SIGKILL');
    all.push(...(await said));
    const { store, damage } = openSqliteStore({ folder, clock });
    assert.equal(damage, null);
    const stored = new Set(await storedWhole(store));
    assert.deepEqual(
      all.filter((id) => !stored.has(id)),
      [],
    );
    await store.close();
  }
  assert.ok(all.length > 100, `only ${all.length} writes were promised`);
  remove();
});

test('two processes writing at once lose nothing, and a third hears of all', async () => {
  const { folder, remove } = temporaryFolder();
  const { store } = openSqliteStore({ folder, clock: handClock() });
  const told: Event[] = [];
  store.subscribe((events) => told.push(...events));
  const children = ['one-', 'two-'].map((prefix) => startWriter(folder, prefix, 600));
  const ended = Promise.all(children.map((child) => promised(child)));
  let running = true;
  void ended.then(() => {
    running = false;
  });
  let own = 0;
  while (running) {
    await store.poll();
    // Its own writes fall between those of the others.
    if (own < 20) await store.events.add([event(`own-${own++}`)]);
    await wait(5);
  }
  await store.poll();
  const ids = (await ended).flat();
  assert.equal(ids.length, 1_200);
  assert.deepEqual(told, await store.events.list(0, 10_000));
  assert.deepEqual(
    told.map(({ sequence }) => sequence),
    told.map((_, index) => index + 1),
  );
  assert.equal(told.length, ids.length * 2 + own);
  await store.close();
  remove();
});

test('CR-13 a store that appears while another process is about to make it is not replaced', async () => {
  const { folder, remove } = temporaryFolder();
  const made = join(folder, 'made');
  const { store: first } = openSqliteStore({ folder: made, clock: handClock() });
  await first.events.add([event('already there')]);
  await first.close();
  const release = holdExclusively(join(folder, 'store.db.opening'), 0);
  const child = startWriter(folder, 'late-', 1);
  const said = promised(child);
  // Time for it to find nothing and to wait; were it later still, it would find the store.
  await wait(400);
  renameSync(join(made, 'store.db'), join(folder, 'store.db'));
  release?.();
  assert.deepEqual(await said, ['late-0']);
  const { store } = openSqliteStore({ folder, clock: handClock() });
  assert.deepEqual(await marks(store), ['already there', 'late-0-a', 'late-0-b']);
  await store.close();
  remove();
});

test('processes that begin a store at the same time share one', async () => {
  const { folder, remove } = temporaryFolder();
  const children = ['a', 'b', 'c'].map((prefix) => startWriter(folder, prefix, 20));
  const said = (await Promise.all(children.map((child) => promised(child)))).flat();
  const { store } = openSqliteStore({ folder, clock: handClock() });
  assert.deepEqual(new Set(await storedWhole(store)), new Set(said));
  assert.ok(said.length >= 60);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('damaged')),
    [],
  );
  await store.close();
  remove();
});
