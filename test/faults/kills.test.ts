// The program killed at single system calls: before each kind of change, and in the recovery from an
// earlier kill. Afterwards every content is on a side or in a trash, whole; the next run ends it all.
// Loss of power is simulated on a disk of the tests' own; this one keeps what was written.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { contents, leftovers } from '../e2e/proof/inventory.ts';
import { ended, makeRig, type Rig, told, whenDone } from './rig.ts';
import { faulty, tracedTest } from './tracer.ts';

/** Something of every kind on both sides, the same whenever it is called with the same tag. */
function change(rig: Rig, tag: string): void {
  rig.write(rig.left, {
    'edited.txt': `edited ${tag}`,
    'large.bin': tag.repeat(60_000),
    [`new-${tag}/deep/in.txt`]: `new ${tag}`,
    [`new-${tag}.txt`]: `new file ${tag}`,
    [`doomed-${tag}.txt`]: `doomed ${tag}`,
  });
  rig.write(rig.right, {
    'edited-right.txt': `edited right ${tag}`,
    [`moving-${tag}.txt`]: `m ${tag}`,
  });
}

function changeMore(rig: Rig, tag: string): void {
  change(rig, `${tag}b`);
  rmSync(join(rig.left, `doomed-${tag}.txt`));
  renameSync(join(rig.right, `moving-${tag}.txt`), join(rig.right, `moved-${tag}.txt`));
}

/** Call, and which of them in the thread that works: what the program was about to do there. */
const moments = [
  { calls: ['mkdir', 'mkdirat'], when: '3', what: 'making a folder' },
  { calls: ['link', 'linkat'], when: '1', what: 'giving the first new name' },
  { calls: ['link', 'linkat'], when: '3', what: 'giving a later new name' },
  { calls: ['rename', 'renameat'], when: '1', what: 'moving to the trash' },
  { calls: ['rename', 'renameat'], when: '4', what: 'moving, some way on' },
  { calls: ['unlink', 'unlinkat'], when: '2', what: 'clearing the stage' },
  { calls: ['fsync', 'fdatasync'], when: '4', what: 'flushing' },
  { calls: ['fsync', 'fdatasync'], when: '12', what: 'flushing, some way on' },
  { calls: ['rmdir'], when: '1', what: 'removing a folder' },
] as const;

tracedTest(
  'CR-01 CR-03 CR-05 CR-06 CR-08 CR-10 CR-12 killed at any kind of change, twice, nothing is lost',
  async (t) => {
    const rig = makeRig(t);
    change(rig, 'x');
    ended(await rig.sync(), 0);
    let killed = 0;
    for (const [at, { calls, when, what }] of moments.entries()) {
      const tag = `k${at}`;
      change(rig, tag);
      ended(await rig.sync(['--approve']), 0);
      changeMore(rig, tag);
      const before = contents([rig.left, rig.right], false);
      const run = await rig.sync(['--approve'], faulty(rig, { calls, when }, 'SIGKILL'));
      if (run.signal === 'SIGKILL' || run.code === 137) killed += 1;
      const after = contents([rig.left, rig.right], true);
      assert.deepEqual(
        [...before].filter((one) => !after.has(one)),
        [],
        `lost at ${what}`,
      );
      // The recovery dies too, the first time.
      if (at % 4 === 0) await rig.sync(['--approve'], faulty(rig, { calls, when }, 'SIGKILL'));
      ended(await rig.sync(['--approve']), 0);
      rig.assertSame();
      assert.deepEqual([...leftovers(rig.left), ...leftovers(rig.right)], [], what);
      const now = contents([rig.left, rig.right], true);
      assert.deepEqual(
        [...before].filter((one) => !now.has(one)),
        [],
        `lost after ${what}`,
      );
    }
    assert.ok(killed >= moments.length - 1, `only ${killed} of ${moments.length} were killed`);
  },
);

tracedTest(
  'CR-09 CR-11 killed while the baseline or a marker is written, the next run asks nothing and deletes nothing',
  async (t) => {
    const rig = makeRig(t);
    rig.write(rig.left, { 'a.txt': 'a' });
    ended(await rig.sync(), 0);
    const baselines = join(rig.state, 'baselines');
    const places = [
      { path: baselines, calls: ['fsync'], when: '1' },
      { path: join(rig.left, '.syncmgr', 'marker.new'), calls: ['rename', 'renameat'] },
      { path: join(rig.right, '.syncmgr', 'marker.new'), calls: ['rename', 'renameat'] },
    ];
    for (const [at, where] of places.entries()) {
      rig.write(rig.left, { [`new-${at}.txt`]: `${at}` });
      rig.write(rig.right, { [`other-${at}.txt`]: `${at}` });
      const run = await rig.sync([], faulty(rig, where, 'SIGKILL'));
      assert.ok(run.signal === 'SIGKILL' || run.code === 137, `${where.path}: ${told(run)}`);
      ended(await rig.sync(), 0);
      rig.assertSame();
      rmSync(join(rig.left, `new-${at}.txt`));
      ended(await rig.sync(), 0);
      rig.assertSame();
    }
    assert.equal(readFileSync(join(rig.right, 'other-2.txt'), 'utf8'), '2');
  },
);

test('CR-14 a decision over a conflict that was cut off is taken as a whole or not at all', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  rig.write(rig.left, { 'a.txt': 'left' });
  rig.write(rig.right, { 'a.txt': 'the right one' });
  ended(await rig.sync(), 4);
  const list = await rig.run(['conflicts', '--json']);
  const id = String(list.lines.find(({ type }) => type === 'conflict')?.id);
  for (const waitMs of [120, 180, 240, 300]) {
    const child = rig.start(['conflicts', 'resolve', id, '--keep', 'right', '--json']);
    const done = whenDone(child);
    setTimeout(() => child.kill('SIGKILL'), waitMs);
    await done;
    const found = [rig.left, rig.right].map((root) => readFileSync(join(root, 'a.txt'), 'utf8'));
    assert.equal(found[1], 'the right one');
    assert.ok(['left', 'the right one'].includes(found[0] ?? ''), found[0]);
  }
  await rig.run(['conflicts', 'resolve', id, '--keep', 'right']);
  ended(await rig.sync(), 0);
  assert.equal(readFileSync(join(rig.left, 'a.txt'), 'utf8'), 'the right one');
  const all = contents([rig.left, rig.right], true);
  assert.equal(all.size >= 2, true);
});

test('CR-13 a store of a newer program is refused, and a run after that changes nothing', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  const db = new DatabaseSync(join(rig.state, 'store.db'));
  const version = db.prepare('pragma user_version').get()?.user_version;
  db.exec('pragma user_version = 99');
  db.close();
  rig.write(rig.left, { 'b.txt': 'b' });
  const run = await rig.sync();
  ended(run, 4);
  assert.equal(run.error?.code, 'store-newer');
  assert.match(run.error.text, /was written by a newer syncmgr \(form 99/);
  const back = new DatabaseSync(join(rig.state, 'store.db'));
  back.exec(`pragma user_version = ${Number(version)}`);
  back.close();
  ended(await rig.sync(), 0);
  rig.assertSame();
});
