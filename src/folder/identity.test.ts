import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig, Recorder, type Run, settled } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';
import type { Locks } from '../ports/lock.ts';

let rig: FolderRig;
beforeEach(async () => {
  rig = new FolderRig();
  plant(rig.left, { 'a.txt': 'a', 'sub/b.txt': 'b' });
});
afterEach(() => rig.remove());

const alarms = ({ plan }: Run) =>
  plan?.facts.flatMap((facts) => facts.alarms.map(({ guard, approvable }) => [guard, approvable]));
const deletions = ({ changes }: Run) => changes.filter(({ kind }) => kind === 'delete');

test('FS-01 a missing root halts for good and deletes nothing', async () => {
  await rig.run();
  renameSync(rig.left, `${rig.left}.away`);
  const run = await rig.run();
  assert.deepEqual(alarms(run), [['root-missing', false]]);
  assert.deepEqual(run.changes, []);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'a', 'sub/b.txt': 'b' });
});

test('FS-02 an emptied root halts', async () => {
  await rig.run();
  rmSync(join(rig.left, 'a.txt'));
  rmSync(join(rig.left, 'sub'), { recursive: true });
  assert.deepEqual(alarms(await rig.prepare()), [['root-emptied', true]]);
});

test('FS-03 an empty folder in place of the mounted one halts and deletes nothing', async () => {
  await rig.run();
  renameSync(rig.left, `${rig.left}.away`);
  mkdirSync(rig.left);
  const run = await rig.prepare();
  assert.deepEqual(alarms(run), [
    ['other-root', true],
    ['root-emptied', true],
  ]);
  assert.deepEqual(deletions(run), []);
});

test('FS-04 a marker made by hand is not believed', async () => {
  await rig.run();
  const marker = join(rig.left, '.syncmgr/marker.json');
  const text = readFileSync(marker, 'utf8');
  writeFileSync(marker, text.replace(/"root": "[^"]+"/, '"root": "made-by-hand"'));
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.prepare();
  assert.deepEqual(alarms(run), [['other-root', true]]);
  assert.deepEqual(deletions(run), []);
});

test('FS-05 a marker that is gone halts; once approved both are united', async () => {
  await rig.run();
  rmSync(join(rig.left, '.syncmgr'), { recursive: true });
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run();
  assert.deepEqual(alarms(run), [['other-root', true]]);
  assert.deepEqual(harvest(rig.left), { 'a.txt': 'a', 'sub/b.txt': 'b' });
  const next = await rig.run();
  assert.deepEqual([alarms(next), next.changes], [[], []]);
});

for (const [what, put] of [
  ['file', (path: string) => writeFileSync(path, '')],
  ['link', (path: string) => symlinkSync(`${path}.away`, path)],
] as const) {
  test(`FS-06 a root that became a ${what} halts for good`, async () => {
    await rig.run();
    renameSync(rig.left, `${rig.left}.away`);
    put(rig.left);
    assert.deepEqual(alarms(await rig.run()), [['root-not-folder', false]]);
    assert.deepEqual(harvest(rig.right), { 'a.txt': 'a', 'sub/b.txt': 'b' });
  });
}

test('FS-30 roots that overlap by their real paths are refused', async () => {
  symlinkSync(rig.left, join(rig.top, 'alias'));
  const inside = join(rig.top, 'alias', 'sub');
  await assert.rejects(rig.run({ settings: { right: inside } }), { code: 'folder-roots-overlap' });
  await assert.rejects(rig.run({ settings: { right: rig.left } }), {
    code: 'folder-roots-overlap',
  });
});

test('DB-07 a root around or inside our own folder is refused', async () => {
  for (const left of [rig.top, join(rig.state, 'baselines')]) {
    await assert.rejects(rig.run({ settings: { left, right: '/nowhere' } }), {
      code: 'folder-root-in-state',
    });
  }
});

test('FS-25 what is ours at the top of a root is no entry', async () => {
  await rig.run();
  const run = await rig.run();
  assert.deepEqual(run.changes, []);
  assert.deepEqual(Object.keys(harvest(rig.right)), ['a.txt', 'sub/b.txt']);
});

test('DB-04 what is remembered is older than the roots: nothing is deleted', async () => {
  await rig.run();
  cpSync(rig.state, `${rig.state}.backup`, { recursive: true });
  plant(rig.left, { 'new.txt': 'new' });
  await rig.run();
  rmSync(rig.state, { recursive: true });
  renameSync(`${rig.state}.backup`, rig.state);
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run();
  assert.deepEqual(alarms(run), []);
  assert.equal(harvest(rig.left)['a.txt'], 'a');
  rmSync(join(rig.left, 'a.txt'));
  await rig.run();
  assert.deepEqual(harvest(rig.right), { 'new.txt': 'new', 'sub/b.txt': 'b' });
});

test('DB-04 nothing is remembered of roots that were synchronized: nothing is deleted', async () => {
  await rig.run();
  rmSync(join(rig.state, 'baselines'), { recursive: true });
  rmSync(join(rig.left, 'a.txt'));
  await rig.run();
  assert.deepEqual(harvest(rig.left), { 'a.txt': 'a', 'sub/b.txt': 'b' });
});

test('DB-05 a root that came from a backup halts, and deletes nothing', async () => {
  await rig.run();
  cpSync(rig.left, `${rig.left}.backup`, { recursive: true, preserveTimestamps: true });
  plant(rig.left, { 'new.txt': 'new' });
  await rig.run();
  const { ino } = statSync(rig.left);
  for (const name of ['a.txt', 'new.txt', 'sub', '.syncmgr']) {
    rmSync(join(rig.left, name), { recursive: true });
  }
  cpSync(`${rig.left}.backup`, rig.left, { recursive: true });
  assert.equal(statSync(rig.left).ino, ino);
  const run = await rig.prepare();
  assert.deepEqual(alarms(run), [['older-roots', true]]);
  assert.deepEqual(deletions(run), []);
});

test('DB-05 a session that ended before its markers is told from a backup', async () => {
  const noMarkers = {
    filesystem: faultyDisk(disk, (_call, name) => (name === 'marker.new' ? 'ENOSPC' : null)),
  };
  for (const text of ['first', 'second', 'third']) {
    writeFileSync(join(rig.left, 'a.txt'), text);
    const run = await rig.run(noMarkers);
    assert.deepEqual(alarms(run), []);
    assert.equal(harvest(rig.right)['a.txt'], text);
  }
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run();
  assert.deepEqual([alarms(run), deletions(run).length], [[], 1]);
});

test('a left root that cannot be written is known by device and inode in a one-way mode', async () => {
  const settings = { mode: 'one-way-safe' };
  let opened = '';
  const filesystem = faultyDisk(disk, (call, name) => {
    if (call === 'openFolder') opened = name;
    return call === 'makeFolder' && opened === rig.left ? 'EROFS' : null;
  });
  await rig.run({ settings, filesystem });
  writeFileSync(join(rig.left, 'a.txt'), 'changed');
  rmSync(join(rig.left, 'sub'), { recursive: true });
  const run = await rig.run({ settings });
  assert.deepEqual(alarms(run), []);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'changed' });
});

test('CC-02 two partnerships over one root, also under another path, take turns', async () => {
  const held = new Set<string>();
  const locks: Locks = {
    tryLock: async (name) => {
      if (held.has(name)) return { heldBy: 4711 };
      held.add(name);
      return { name, release: () => void held.delete(name) };
    },
  };
  await rig.run({ locks });
  assert.equal(held.size, 0);
  const { dev, ino } = statSync(rig.left);
  held.add(`root-${dev}-${ino}`);
  symlinkSync(rig.top, `${rig.top}.alias`);
  try {
    const settings = { left: join(`${rig.top}.alias`, 'left') };
    await assert.rejects(rig.run({ locks, settings, partnership: 'pair-2' }), {
      code: 'folder-root-busy',
    });
  } finally {
    rmSync(`${rig.top}.alias`);
  }
});

test('CC-04 two partnerships that mark a root in turn leave what the other one marked', async () => {
  const third = join(rig.top, 'third');
  mkdirSync(third);
  const other = { partnership: 'pair-2', settings: { left: rig.right, right: third } };
  const session = await rig.open(new Recorder().callback);
  await settled(await session.prepare({ items: ['folders'], approved: null }));
  await rig.run(other);
  await settled(await session.synchronize());
  await session.close();
  for (const options of [{}, other, {}, other]) {
    assert.deepEqual(alarms(await rig.run(options)), []);
  }
  assert.deepEqual(harvest(third), { 'a.txt': 'a', 'sub/b.txt': 'b' });
});

test('I20 prepare changes nothing, and synchronize does what it said', async () => {
  const before = [harvest(rig.left), harvest(rig.right)];
  const dry = await rig.prepare();
  assert.deepEqual([harvest(rig.left), harvest(rig.right)], before);
  const run = await rig.run();
  assert.deepEqual(run.changes, dry.changes);
  assert.deepEqual(run.synchronized?.counts, { 'right.create': dry.changes.length });
});

test('I7 a run with nothing to do writes nothing', async () => {
  await rig.run();
  await rig.run();
  const changing: string[] = [];
  const filesystem = faultyDisk(disk, (call, name) => {
    const looks = ['readFile', 'readLink', 'open', 'openFile', 'openFolder', 'list', 'read'];
    if (!looks.includes(call)) changing.push(`${call} ${name}`);
    return null;
  });
  await rig.run({ filesystem });
  assert.deepEqual(changing, []);
});
