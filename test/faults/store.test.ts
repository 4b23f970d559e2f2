// The store behind the program: damaged, lost, replaced, full, read-only, locked. What both sides
// agreed on is kept apart from it; no fault of the store may look like a deletion.
import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { inventory } from '../e2e/proof/inventory.ts';
import { mount } from './privilege.ts';
import {
  assertHalted,
  assertHolds,
  ended,
  makeRig,
  type Rig,
  told,
  until,
  whenDone,
} from './rig.ts';
import { faulty, tracedTest } from './tracer.ts';

const text = (path: string) => readFileSync(path, 'utf8');
const warningsOf = (lines: readonly { type: string; text?: unknown }[]) =>
  lines.filter(({ type }) => type === 'warning').map(({ text: said }) => String(said));

/** Synchronized once; one conflict waits. */
async function used(t: TestContext): Promise<Rig> {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a', 'b.txt': 'b' });
  ended(await rig.sync(), 0);
  return rig;
}

const store = (rig: Rig) => join(rig.state, 'store.db');

const damages = {
  'with bad pages': (file: string) => {
    const content = readFileSync(file);
    content.fill(0xa5, 4096, 4096 * 12);
    writeFileSync(file, content);
  },
  'cut short': (file: string) => truncateSync(file, 5000),
  'of no length': (file: string) => truncateSync(file, 0),
  'that is none': (file: string) => writeFileSync(file, 'Dear diary,\n'.repeat(900)),
};

for (const [name, damage] of Object.entries(damages)) {
  test(`DB-01 a store ${name} is kept aside and told of; the run goes on and loses nothing`, async (t) => {
    const rig = await used(t);
    damage(store(rig));
    const content = readFileSync(store(rig));
    rig.write(rig.left, { 'c.txt': 'c' });
    const run = await rig.sync();
    ended(run, 0);
    assert.match(
      warningsOf(run.lines).join(),
      /The store was damaged \(.+\) and is kept as .+damaged/,
    );
    const kept = readdirSync(rig.state).find((one) => one.startsWith('store.db.damaged-')) ?? '';
    assert.deepEqual(readFileSync(join(rig.state, kept)), content);
    rig.assertSame();
    assertHolds(rig.right, ['a.txt', 'b.txt', 'c.txt']);
    const next = await rig.sync(['--error-on-no-change']);
    ended(next, 9);
    assert.deepEqual(warningsOf(next.lines), []);
  });
}

test('DB-01 MT-15 a store with a bad page names its last good copy, and going back to it works', async (t) => {
  const rig = await used(t);
  const later = `data:text/javascript,const%20now=Date.now;Date.now=()=>now()+2*864e5`;
  ended(await rig.sync([], { env: { NODE_OPTIONS: `--import=${later}` } }), 0);
  assert.ok(existsSync(`${store(rig)}.copy`));
  damages['with bad pages'](store(rig));
  const run = await rig.run(['status', '--json']);
  const [said = ''] = warningsOf(run.lines);
  const way = /while no syncmgr runs: (.+)$/.exec(said)?.[1] ?? '';
  assert.match(way, /^rm -f '.+-wal' '.+-shm' && mv '.+\.copy' '.+store\.db'$/, told(run));
  const back = /mv '(.+)' '(.+)'$/.exec(way);
  renameSync(back?.[1] ?? '', back?.[2] ?? '');
  const history = await rig.run(['history', '--json']);
  assert.equal(history.lines.filter(({ type }) => type === 'session').length, 2, told(history));
  ended(await rig.sync(['--error-on-no-change']), 9);
});

test('DB-02 a store whose log is gone or is another store’s is no deletion', async (t) => {
  const rig = await used(t);
  for (const part of ['-wal', '-shm']) {
    writeFileSync(`${store(rig)}${part}`, Buffer.alloc(32 * 1024, 0x5a));
  }
  rig.write(rig.left, { 'c.txt': 'c' });
  ended(await rig.sync(), 0);
  rig.assertSame();
  rmSync(store(rig));
  rig.write(rig.left, { 'd.txt': 'd' });
  ended(await rig.sync(), 0);
  assertHolds(rig.right, ['a.txt', 'b.txt', 'c.txt', 'd.txt']);
});

test('DB-03 without room for the store no file is changed, and the error names the store', async (t) => {
  const rig = makeRig(t);
  const real = mount(rig, join(rig.home, 'state'), ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs']);
  if (real === null) {
    mkdirSync(join(rig.home, 'state'), { recursive: true });
    writeFileSync(rig.state, 'a file where the folder should be');
  }
  rig.write(rig.left, { 'a.txt': 'a' });
  const run = await rig.sync();
  ended(run, real === null ? 5 : 4);
  assert.equal(run.error?.code, real === null ? 'store-failed' : 'store-full');
  if (real !== null)
    assert.match(run.error.text, /There is no room left for the store .+Free some/);
  assertHolds(rig.right, []);
});

test('DB-03 a store that fills up in the middle of things loses no file, and heals with room', async (t) => {
  const rig = makeRig(t);
  const full = mount(rig, join(rig.home, 'state'), ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs']);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  const filler = join(rig.state, 'filler');
  if (full !== null) {
    try {
      writeFileSync(filler, Buffer.alloc(4_000_000));
    } catch {
      // As much as there was room for.
    }
  }
  rig.write(rig.left, { 'b.txt': 'b' });
  rig.write(rig.right, { 'c.txt': 'c' });
  const run = await rig.sync();
  if (full !== null) assert.equal(run.error?.code, 'store-full', told(run));
  assert.equal(text(join(rig.left, 'b.txt')), 'b');
  assert.equal(text(join(rig.right, 'c.txt')), 'c');
  rmSync(filler, { force: true });
  ended(await rig.sync(), 0);
  rig.assertSame();
});

tracedTest(
  'MT-16 DB-03 a flush of the store that fails ends the run with an error, and the next one goes on',
  async (t) => {
    const rig = await used(t);
    rig.write(rig.left, { 'c.txt': 'c' });
    const calls = ['fsync', 'fdatasync'];
    const run = await rig.sync([], faulty(rig, { calls, path: `${store(rig)}-wal` }, 'EIO'));
    assert.notEqual(run.code, 0, told(run));
    assert.equal(run.error?.code, 'store-failed', told(run));
    assert.match(run.error.text, /The store .+ could not be written or read: .+Check the disk/);
    ended(await rig.sync(), 0);
    rig.assertSame();
    ended(await rig.sync(['--error-on-no-change']), 9);
  },
);

test('DB-03 a store on a disk that may not be written changes no file and says so', async (t) => {
  const rig = makeRig(t, process.getuid?.() === 0 ? 65534 : 0);
  const how = process.getuid?.() === 0 ? { uid: 65534 } : {};
  ended(await rig.sync([], how), 0);
  rig.write(rig.left, { 'a.txt': 'a' });
  for (const one of readdirSync(rig.state)) {
    if (one.startsWith('store.db')) chmodSync(join(rig.state, one), 0o400);
  }
  chmodSync(rig.state, 0o500);
  const run = await rig.sync([], how);
  ended(run, 4);
  assert.equal(run.error?.code, 'store-read-only', told(run));
  assertHolds(rig.right, []);
  chmodSync(rig.state, 0o700);
});

test('DB-04 a state put back from a backup is older than the roots, and deletes nothing', async (t) => {
  const rig = await used(t);
  const backup = join(rig.home, 'backup');
  cpSync(rig.state, backup, { recursive: true });
  rig.write(rig.left, { 'later.txt': 'later', 'a.txt': 'edited' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.right, 'b.txt'));
  ended(await rig.sync(), 0);
  rmSync(rig.state, { recursive: true });
  renameSync(backup, rig.state);
  const run = await rig.sync();
  // The old memory would have said that later.txt is new and b.txt was deleted on both sides.
  assert.ok([0, 4].includes(run.code ?? -1), told(run));
  assertHolds(rig.left, ['a.txt', 'later.txt']);
  rig.assertSame();
  assert.equal(text(join(rig.right, 'a.txt')), 'edited');
});

test('DB-04 a state that is lost altogether unites what both sides hold', async (t) => {
  const rig = await used(t);
  rmSync(rig.state, { recursive: true });
  rmSync(join(rig.left, 'b.txt'));
  rig.write(rig.right, { 'c.txt': 'c' });
  ended(await rig.sync(), 0);
  assertHolds(rig.left, ['a.txt', 'b.txt', 'c.txt']);
  rig.assertSame();
});

test('DB-05 roots put back from a backup are older than the state: a person decides', async (t) => {
  const rig = await used(t);
  const backup = join(rig.home, 'backup');
  for (const side of ['left', 'right'] as const) {
    cpSync(rig[side], join(backup, side), { recursive: true, preserveTimestamps: true });
  }
  rig.write(rig.left, { 'later.txt': 'later' });
  rmSync(join(rig.left, 'b.txt'));
  ended(await rig.sync(), 0);
  for (const side of ['left', 'right'] as const) {
    // In place, so that they are the same folders with older content.
    rmSync(join(rig[side], 'later.txt'));
    cpSync(join(backup, side), rig[side], { recursive: true, preserveTimestamps: true });
  }
  assertHalted(await rig.sync(), /older than what is remembered of them, as if .* from a backup/);
  assertHolds(rig.right, ['a.txt', 'b.txt']);
  ended(await rig.sync(['--approve']), 0);
  assertHolds(rig.right, ['a.txt', 'b.txt']);
  rig.assertSame();
});

test('DB-06 CC-01 of two at work on one pair the second waits for the first, and both end well', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'big.bin': 'b'.repeat(1_500_000) });
  const slow = rig.start(['sync', rig.left, rig.right, '--json', '--bwlimit', '1M']);
  const first = whenDone(slow);
  const stage = join(rig.right, '.syncmgr', 'stage');
  await until(() => existsSync(stage), first);
  const second = await rig.sync();
  ended(await first, 0);
  assert.ok([0, 5].includes(second.code ?? -1), told(second));
  rig.assertSame();
});

test('DB-09 a reader that holds the store for long, and a copy of the live files, stop nothing', async (t) => {
  const rig = await used(t);
  const reader = new DatabaseSync(store(rig));
  rig.later(() => reader.close());
  reader.exec('begin; select count(*) from log');
  rig.write(rig.left, { 'c.txt': 'c' });
  const start = performance.now();
  ended(await rig.sync(), 0);
  assert.ok(performance.now() - start < 10_000);
  const copy = join(rig.home, 'copy');
  cpSync(rig.state, copy, { recursive: true });
  rig.assertSame();
});

test('DB-10 a store with a long history opens and runs as fast as a young one', async (t) => {
  const rig = await used(t);
  const db = new DatabaseSync(store(rig));
  const columns = (db.prepare('pragma table_info(sessions)').all() as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'position');
  const copied = columns.map((name) => (name === 'id' ? "id || '-' || value" : name)).join(', ');
  db.exec(`insert into sessions (${columns.join(', ')})
    with recursive numbers(value) as (select 1 union all select value + 1 from numbers where value < 20000)
    select ${copied} from (select * from sessions limit 1), numbers`);
  db.close();
  const start = performance.now();
  ended(await rig.sync(['--error-on-no-change']), 9);
  assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
  const history = await rig.run(['history', '--limit', '3', '--json']);
  ended(history, 0);
  assert.equal(history.lines.filter(({ type }) => type === 'session').length, 3);
  assert.equal(inventory(rig.right).size, 2);
});
