import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk, type Meddler } from '../../test/support/faulty-disk.ts';
import { FolderRig, type Run } from '../../test/support/folder-rig.ts';
import { harvest, plant, staged, trashOf } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

const codes = ({ log }: Run) => log.flatMap(({ code, subject }) => (code ? [[code, subject]] : []));

async function agreed(tree: Parameters<typeof plant>[1]): Promise<void> {
  plant(rig.left, tree);
  await rig.run();
  assert.deepEqual(harvest(rig.right), tree);
}

const meddling = (meddle: Meddler) => ({ filesystem: faultyDisk(disk, meddle) });

async function healed(): Promise<void> {
  await rig.run();
  assert.deepEqual(harvest(rig.left), harvest(rig.right));
  assert.deepEqual((await rig.run()).changes, []);
  assert.deepEqual([...staged(rig.left), ...staged(rig.right)], []);
}

test('FS-08 a file that cannot be read to its end is a problem, the others arrive', async () => {
  plant(rig.left, { 'a.txt': 'a', 'b.txt': 'b', 'sub/c.txt': 'c' });
  const run = await rig.run(
    meddling((call, name) => (call === 'read' && name === 'b.txt' ? 'EIO' : null)),
  );
  assert.deepEqual(codes(run), [['folder-disk-failed', 'b.txt']]);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'a', 'sub/c.txt': 'c' });
  assert.deepEqual(staged(rig.right), []);
  await healed();
});

test('FS-09 a full disk says how many bytes are needed, and keeps the old content', async () => {
  await agreed({ 'a.txt': 'old', 'b.txt': 'old' });
  writeFileSync(join(rig.left, 'a.txt'), 'much newer');
  rmSync(join(rig.left, 'b.txt'));
  const run = await rig.run(meddling((call) => (call === 'write' ? 'ENOSPC' : null)));
  assert.deepEqual(codes(run), [['folder-full', 'a.txt']]);
  assert.match(run.log[0]?.text ?? '', /10 bytes/);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'old' });
  await healed();
});

test('FS-10 a side that turns read-only is left alone at once, and nothing is lost', async () => {
  plant(rig.left, { 'a.txt': 'a', 'b.txt': 'b', 'c/d.txt': 'd' });
  plant(rig.right, { 'e.txt': 'e' });
  let tried = 0;
  const run = await rig.run(
    meddling((call) => {
      if (call !== 'link' && call !== 'rename') return null;
      tried += 1;
      return tried === 1 ? 'EROFS' : null;
    }),
  );
  assert.equal(codes(run)[0]?.[0], 'folder-read-only');
  await healed();
});

test('FS-13 a file that does not hold still while it is read is busy, and loses nothing', async () => {
  plant(rig.left, { 'log.txt': 'start', 'b.txt': 'b' });
  const file = join(rig.left, 'log.txt');
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'read' && name === 'log.txt') appendFileSync(file, '+');
      return null;
    }),
  );
  assert.deepEqual(codes(run), [['folder-busy', 'log.txt']]);
  assert.deepEqual(harvest(rig.right), { 'b.txt': 'b' });
  await healed();
});

test('FS-13 a file that moved on since the scan travels as it is by then', async () => {
  plant(rig.left, { 'log.txt': 'start' });
  const file = join(rig.left, 'log.txt');
  let first = true;
  const run = await rig.run(
    meddling((call, name) => {
      if (call !== 'openFile' || name !== 'log.txt' || !first) return null;
      first = false;
      appendFileSync(file, ' and more');
      return null;
    }),
  );
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.right), { 'log.txt': 'start and more' });
  assert.deepEqual((await rig.run()).changes, []);
});

test('FS-28 a file emptied since the scan does not empty the other side', async () => {
  await agreed({ 'a.txt': 'precious' });
  writeFileSync(join(rig.left, 'a.txt'), 'more precious');
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'openFile' && name === 'a.txt') truncateSync(join(rig.left, 'a.txt'));
      return null;
    }),
  );
  assert.deepEqual(codes(run), [['folder-busy', 'a.txt']]);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'precious' });
});

test('FS-14 a target that changed since the scan is left alone and becomes a conflict', async () => {
  await agreed({ 'a.txt': 'old' });
  writeFileSync(join(rig.left, 'a.txt'), 'from the left');
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'createFile' && name === '0') {
        writeFileSync(join(rig.right, 'a.txt'), 'from the right, meanwhile');
      }
      return null;
    }),
  );
  assert.deepEqual(codes(run), [['folder-target-changed', 'a.txt']]);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'from the right, meanwhile' });
  const next = await rig.run();
  assert.deepEqual(
    next.conflicts.map(({ subject, kind }) => [subject, kind]),
    [['a.txt', 'edit-edit']],
  );
  assert.deepEqual(harvest(rig.left), { 'a.txt': 'from the left' });
});

test('FS-14 an edit between the last look and the rename goes back to its place', async () => {
  await agreed({ 'a.txt': 'old' });
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'rename' && name === 'a.txt') {
        writeFileSync(join(rig.right, 'a.txt'), 'just now');
      }
      return null;
    }),
  );
  assert.deepEqual(codes(run), [['folder-target-changed', 'a.txt']]);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'just now' });
  await healed();
  assert.deepEqual(harvest(rig.left), { 'a.txt': 'just now' });
});

for (const [call, where] of [
  ['createFile', 'a.txt'],
  ['rename', 'sub'],
] as const) {
  test(`FS-15 a target that appears meanwhile is never replaced (${where})`, async () => {
    plant(rig.left, { 'a.txt': 'mine', 'sub/b.txt': 'mine' });
    const theirs = where === 'sub' ? 'sub/b.txt' : 'a.txt';
    const run = await rig.run(
      meddling((happening, name) => {
        if (happening === call && (name === where || name === '0')) {
          plant(rig.right, { [theirs]: 'theirs' });
        }
        return null;
      }),
    );
    assert.equal(run.log.filter(({ code }) => code !== null).length > 0, true);
    assert.equal(harvest(rig.right)[theirs], 'theirs');
    const next = await rig.run();
    assert.deepEqual(
      next.conflicts.map(({ subject }) => subject),
      [theirs],
    );
    assert.equal(harvest(rig.left)[theirs], 'mine');
  });
}

test('FS-16 a file becomes a folder and a folder a file, each through the trash', async () => {
  await agreed({ a: 'file', 'b/c.txt': 'inside' });
  rmSync(join(rig.left, 'a'));
  rmSync(join(rig.left, 'b'), { recursive: true });
  plant(rig.left, { 'a/new.txt': 'new', b: 'file now' });
  const run = await rig.run();
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.right), { 'a/new.txt': 'new', b: 'file now' });
  assert.deepEqual(trashOf(rig.right), { a: 'file', 'b/c.txt': 'inside' });
  await healed();
});

test('FS-18 names of one file arrive as files with the right content, and go again', async () => {
  plant(rig.left, { 'a.txt': 'shared' });
  linkSync(join(rig.left, 'a.txt'), join(rig.left, 'b.txt'));
  await healed();
  linkSync(join(rig.right, 'a.txt'), join(rig.right, 'c.txt'));
  await healed();
  rmSync(join(rig.left, 'a.txt'));
  rmSync(join(rig.left, 'c.txt'));
  const run = await rig.run();
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.right), { 'b.txt': 'shared' });
});

test('FS-18 a file with a hole arrives with its length and content', async () => {
  plant(rig.left, { sparse: '' });
  truncateSync(join(rig.left, 'sparse'), 3 * 1024 * 1024);
  await rig.run();
  assert.equal(statSync(join(rig.right, 'sparse')).size, 3 * 1024 * 1024);
  await healed();
});

test('FS-19 links travel as links, wherever they lead, and are never written through', async () => {
  plant(rig.top, { 'outside/secret.txt': 'secret' });
  symlinkSync('../outside', join(rig.left, 'out'));
  symlinkSync('..', join(rig.left, 'up'));
  symlinkSync('nowhere', join(rig.left, 'dangling'));
  symlinkSync('/etc/hostname', join(rig.left, 'absolute'));
  await rig.run();
  assert.deepEqual(harvest(rig.right), harvest(rig.left));
  assert.deepEqual(harvest(join(rig.top, 'outside')), { 'secret.txt': 'secret' });
  await healed();
});

test('FS-19 a folder swapped for a link after the scan is not written through', async () => {
  await agreed({ 'sub/a.txt': 'a' });
  plant(rig.top, { 'outside/': null });
  plant(rig.left, { 'sub/b.txt': 'b' });
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'createFile' && name === '0') {
        renameSync(join(rig.right, 'sub'), join(rig.right, 'sub.away'));
        symlinkSync('../outside', join(rig.right, 'sub'));
      }
      return null;
    }),
  );
  assert.deepEqual(codes(run), [['folder-way-blocked', 'sub/b.txt']]);
  assert.deepEqual(harvest(join(rig.top, 'outside')), {});
});

test('FS-22 permissions travel both ways, special bits stay where they are', async () => {
  plant(rig.left, { 'run.sh': '#!', 'dir/x': 'x' });
  chmodSync(join(rig.left, 'run.sh'), 0o4755);
  chmodSync(join(rig.left, 'dir'), 0o555);
  await rig.run();
  assert.equal(statSync(join(rig.right, 'run.sh')).mode & 0o7777, 0o755);
  assert.equal(statSync(join(rig.right, 'dir')).mode & 0o7777, 0o555);
  assert.deepEqual((await rig.run()).changes, []);
  chmodSync(join(rig.right, 'run.sh'), 0o700);
  await rig.run();
  assert.equal(statSync(join(rig.left, 'run.sh')).mode & 0o777, 0o700);
  assert.deepEqual((await rig.run()).changes, []);
  chmodSync(join(rig.left, 'dir'), 0o755);
});

test('FS-26 what a killed session left in the stage is gone after the next run', async () => {
  plant(rig.left, { 'a.txt': 'a' });
  plant(rig.right, { '.syncmgr/stage/3/17': 'half', '.syncmgr/stage/4/tree-1/x/y': 'half' });
  await rig.run();
  assert.deepEqual(staged(rig.right), []);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'a' });
});

test('FS-29 a folder deleted on one side stays where something ignored is in it', async () => {
  const settings = { ignore: ['*.tmp'] };
  plant(rig.left, { 'dir/a.txt': 'a' });
  await rig.run({ settings });
  plant(rig.right, { 'dir/keep.tmp': 'mine' });
  rmSync(join(rig.left, 'dir'), { recursive: true });
  const run = await rig.run({ settings });
  assert.deepEqual(codes(run), [['folder-not-empty', 'dir']]);
  assert.deepEqual(harvest(rig.right), { 'dir/keep.tmp': 'mine' });
});

test('I5 what is replaced or deleted is in the trash, under its path', async () => {
  await agreed({ 'a.txt': 'one', 'sub/b.txt': 'two' });
  writeFileSync(join(rig.left, 'a.txt'), 'three');
  rmSync(join(rig.left, 'sub'), { recursive: true });
  await rig.run();
  assert.deepEqual(trashOf(rig.right), { 'a.txt': 'one', 'sub/b.txt': 'two' });
  assert.equal(lstatSync(join(rig.right, '.syncmgr')).mode & 0o777, 0o700);
});

test('trash older than its days goes, younger stays', async () => {
  await agreed({ 'a.txt': 'one' });
  plant(rig.right, {
    '.syncmgr/trash/20200101T000000Z-0a1b2c3d/x.txt': 'old',
    '.syncmgr/trash/29990101T000000Z-0a1b2c3d/y.txt': 'young',
    '.syncmgr/trash/not-one-of-ours/z.txt': 'kept',
  });
  writeFileSync(join(rig.left, 'a.txt'), 'two!');
  await rig.run();
  assert.deepEqual(trashOf(rig.right), { 'a.txt': 'one', 'y.txt': 'young', 'z.txt': 'kept' });
});

test('a moved file and a moved folder are moved, and not a byte travels', async () => {
  await agreed({ 'a.txt': 'content', 'dir/b.txt': 'b', 'dir/sub/c.txt': 'c' });
  mkdirSync(join(rig.left, 'new'));
  renameSync(join(rig.left, 'a.txt'), join(rig.left, 'new/z.txt'));
  renameSync(join(rig.left, 'dir'), join(rig.left, 'moved'));
  const run = await rig.run();
  assert.equal(run.synchronized?.bytes, 0);
  assert.equal(run.synchronized?.counts['right.move'], 2);
  assert.deepEqual(harvest(rig.right), harvest(rig.left));
  assert.deepEqual((await rig.run()).changes, []);
});

test('files that swap their names are swapped on the other side too', async () => {
  await agreed({ 'a.txt': 'first', 'b.txt': 'second, longer' });
  renameSync(join(rig.left, 'a.txt'), join(rig.left, 'c.txt'));
  renameSync(join(rig.left, 'b.txt'), join(rig.left, 'a.txt'));
  renameSync(join(rig.left, 'c.txt'), join(rig.left, 'b.txt'));
  const run = await rig.run();
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.right), { 'a.txt': 'second, longer', 'b.txt': 'first' });
  assert.deepEqual((await rig.run()).changes, []);
});

test('NM-11 both versions of a conflict are kept on both sides where the rule says so', async () => {
  const settings = { conflict: 'copy' };
  await agreed({ 'a.txt': 'one' });
  writeFileSync(join(rig.left, 'a.txt'), 'from the left');
  writeFileSync(join(rig.right, 'a.txt'), 'and from the right');
  const run = await rig.run({ settings });
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.left), harvest(rig.right));
  assert.deepEqual(Object.values(harvest(rig.left)).sort(), [
    'and from the right',
    'from the left',
  ]);
  assert.deepEqual((await rig.run({ settings })).changes, []);
});

test('only the time changed: no byte travels', async () => {
  await agreed({ 'a.txt': 'one' });
  utimesSync(join(rig.left, 'a.txt'), 1_000_000_000, 1_000_000_000);
  const run = await rig.run();
  assert.equal(run.synchronized?.bytes, 0);
  assert.equal(statSync(join(rig.right, 'a.txt')).mtimeMs, 1_000_000_000_000);
  assert.deepEqual((await rig.run()).changes, []);
});

test('two lanes may need the same new folder of the trash in the same moment', async () => {
  await agreed({ a: 'old' });
  plant(rig.left, { a: 'another' });
  let met = 0;
  const run = await rig.run(
    meddling((call, name) => {
      if (call === 'makeFolder' && /^\d{8}T\d{6}Z-/.test(name)) {
        met += 1;
        mkdirSync(join(rig.right, '.syncmgr/trash', name), { recursive: true });
      }
      return null;
    }),
  );
  assert.equal(met, 1);
  assert.deepEqual(codes(run), []);
  assert.deepEqual(harvest(rig.right), { a: 'another' });
});
