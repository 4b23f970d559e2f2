// Disks that refuse, fail or are full: one bad path is a problem on that path, the rest goes on, and
// the next run heals. Faults that no real disk here can show are put into single system calls.
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inventory, leftovers } from '../e2e/proof/inventory.ts';
import { able, mark, mount, nobody } from './privilege.ts';
import { assertHolds, assertProblems, ended, type How, makeRig, type Rig, told } from './rig.ts';
import { faultsOf, faulty, tracedTest } from './tracer.ts';

const onlySpecialUsers = process.getuid?.() === 0 ? nobody : 0;

test('FS-07 a folder that may not be read is unknown: nothing below it is deleted, the rest goes on', async (t) => {
  const rig = makeRig(t, onlySpecialUsers);
  const how: How = onlySpecialUsers === 0 ? {} : { uid: onlySpecialUsers };
  rig.write(rig.left, { 'closed/in.txt': 'in', 'open/a.txt': 'a' });
  own(rig, rig.left);
  ended(await rig.sync([], how), 0);
  chmodSync(join(rig.left, 'closed'), 0o000);
  rig.write(rig.left, { 'open/b.txt': 'b' });
  own(rig, join(rig.left, 'open', 'b.txt'));
  const run = await rig.sync([], how);
  ended(run, 6);
  assertProblems(run, { closed: 'folder-unreadable' });
  assert.match(run.problems[0]?.text ?? '', /closed could not be read \(.+\)\. It was left alone/);
  assertHolds(rig.right, ['closed', 'closed/in.txt', 'open', 'open/a.txt', 'open/b.txt']);
  chmodSync(join(rig.left, 'closed'), 0o755);
  ended(await rig.sync([], how), 0);
  rig.assertSame();
});

test('FS-07 a file that may not be read, and a folder that may not be written, fail alone', async (t) => {
  const rig = makeRig(t, onlySpecialUsers);
  const how: How = onlySpecialUsers === 0 ? {} : { uid: onlySpecialUsers };
  rig.write(rig.left, { 'secret.txt': 'secret', 'fine.txt': 'fine', 'sealed/a.txt': 'a' });
  own(rig, rig.left);
  ended(await rig.sync([], how), 0);
  rig.write(rig.left, { 'secret.txt': 'changed', 'fine.txt': 'changed', 'sealed/new.txt': 'new' });
  own(rig, join(rig.left, 'sealed', 'new.txt'));
  chmodSync(join(rig.left, 'secret.txt'), 0o000);
  chmodSync(join(rig.right, 'sealed'), 0o555);
  const run = await rig.sync([], how);
  ended(run, 6);
  const codes = Object.fromEntries(run.problems.map(({ subject, code }) => [subject, code]));
  assert.equal(codes['sealed/new.txt'] ?? codes.sealed, 'folder-refused', told(run));
  assert.equal(codes['secret.txt'], 'folder-refused', told(run));
  assert.match(run.out, /This user may not change or read secret\.txt/);
  assert.equal(readFileSync(join(rig.right, 'fine.txt'), 'utf8'), 'changed');
  assert.equal(readFileSync(join(rig.right, 'secret.txt'), 'utf8'), 'secret');
  chmodSync(join(rig.left, 'secret.txt'), 0o644);
  for (const root of [rig.left, rig.right]) chmodSync(join(root, 'sealed'), 0o755);
  ended(await rig.sync([], how), 0);
  rig.assertSame();
});

function own(rig: Rig, path: string): void {
  if (onlySpecialUsers === 0) return;
  able(rig, 'chown', ['-R', String(onlySpecialUsers), path]);
}

tracedTest(
  'FS-08 a read error in the middle of a file leaves the old file, nothing staged, and the others done',
  async (t) => {
    const rig = makeRig(t);
    rig.write(rig.left, { 'bad.bin': 'old', 'fine.txt': 'old' });
    ended(await rig.sync(), 0);
    rig.write(rig.left, { 'bad.bin': 'x'.repeat(300_000), 'fine.txt': 'new' });
    const calls = ['read', 'pread64', 'copy_file_range', 'sendfile', 'ioctl'];
    const run = await rig.sync([], faulty(rig, { calls, path: join(rig.left, 'bad.bin') }, 'EIO'));
    ended(run, 6);
    assertProblems(run, { 'bad.bin': 'folder-disk-failed' });
    assert.match(
      run.problems[0]?.text ?? '',
      /The disk failed over bad\.bin: .*EIO.*Check the disk/,
    );
    assert.equal(readFileSync(join(rig.right, 'bad.bin'), 'utf8'), 'old');
    assert.equal(readFileSync(join(rig.right, 'fine.txt'), 'utf8'), 'new');
    assert.deepEqual([...leftovers(rig.left), ...leftovers(rig.right)], []);
    ended(await rig.sync(), 0);
    rig.assertSame();
  },
);

test('FS-09 a full disk fails what has no room, names the bytes, does the rest, and heals', async (t) => {
  const rig = makeRig(t);
  const full = mount(rig, rig.right, ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs']) !== null;
  rig.write(rig.left, { 'big.bin': 'b'.repeat(3_000_000), 'small.txt': 's', 'sub/c.txt': 'c' });
  const how = full ? {} : faulty(rig, { calls: ['write', 'pwrite64'], path: rig.right }, 'ENOSPC');
  const run = await rig.sync([], how);
  ended(run, 6);
  assert.equal(run.problems.find(({ subject }) => subject === 'big.bin')?.code, 'folder-full');
  if (!full) return;
  assertProblems(run, { 'big.bin': 'folder-full' });
  assert.match(
    run.problems[0]?.text ?? '',
    /There is no room on the right side for big\.bin: 3000000 bytes are needed\./,
  );
  assertHolds(rig.right, ['small.txt', 'sub', 'sub/c.txt']);
  assert.deepEqual(leftovers(rig.right), []);
  // Deletions make room, and run though the copy cannot.
  rmSync(join(rig.left, 'small.txt'));
  const again = await rig.sync();
  assertProblems(again, { 'big.bin': 'folder-full' });
  assert.equal(existsSync(join(rig.right, 'small.txt')), false);
  assert.ok(able(rig, 'mount', ['-o', 'remount,size=8m', rig.right]));
  ended(await rig.sync(), 0);
  rig.assertSame();
});

tracedTest(
  'FS-09 no room or no quota where a name is given is a problem of that path',
  async (t) => {
    const rig = makeRig(t);
    ended(await rig.sync(), 0);
    for (const error of ['ENOSPC', 'EDQUOT'] as const) {
      const name = `${error}.txt`;
      rig.write(rig.left, { [name]: 'a', [`folder-${error}/b.txt`]: 'b' });
      const calls = ['link', 'linkat'];
      const run = await rig.sync([], faulty(rig, { calls, path: join(rig.right, name) }, error));
      ended(run, 6);
      assertProblems(run, { [name]: 'folder-full' });
      assert.equal(inventory(rig.right).has(`folder-${error}/b.txt`), true);
      assert.deepEqual(leftovers(rig.right), []);
    }
    ended(await rig.sync(), 0);
    rig.assertSame();
  },
);

test('FS-10 a disk that is read-only is said to be once, and nothing more is tried', async (t) => {
  const rig = makeRig(t);
  const real = mount(rig, rig.right) !== null;
  rig.write(rig.left, { 'a.txt': 'a', 'b.txt': 'b' });
  ended(await rig.sync(), 0);
  rig.write(rig.left, { 'a.txt': 'changed', 'c.txt': 'c', 'd/e.txt': 'e' });
  rig.write(rig.right, { 'from-right.txt': 'right' });
  const [remount, calls] = [
    ['-o', 'remount,ro', rig.right],
    ['openat', 'mkdir'],
  ];
  const how = real ? {} : faulty(rig, { calls, path: join(rig.right, '.syncmgr') }, 'EROFS');
  if (real) assert.ok(able(rig, 'mount', remount));
  const run = await rig.sync([], how);
  ended(run, 4);
  const codes = run.problems.map(({ code }) => code);
  assert.deepEqual(codes, ['folder-read-only'], told(run));
  assert.match(run.problems[0]?.text ?? '', /right side cannot be written: its disk is read-only/);
  // The other side is written as ever.
  assert.equal(readFileSync(join(rig.left, 'from-right.txt'), 'utf8'), 'right');
  assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'a');
  if (real) assert.ok(able(rig, 'mount', ['-o', 'remount,rw', rig.right]));
  ended(await rig.sync(), 0);
  rig.assertSame();
});

tracedTest(
  'FS-10 a disk that becomes read-only in the middle keeps what was done, and the rest follows later',
  async (t) => {
    const rig = makeRig(t);
    const names = Array.from({ length: 12 }, (_, number) => `file-${number}.txt`);
    rig.write(rig.left, Object.fromEntries(names.map((name) => [name, name])));
    const calls = ['link', 'linkat', 'mkdir', 'mkdirat', 'rename', 'unlink'];
    const run = await rig.sync(
      [],
      faulty(rig, { calls, path: join(rig.right, 'file-5.txt') }, 'EROFS'),
    );
    ended(run, 4);
    assert.deepEqual(
      run.problems.map(({ code }) => code),
      ['folder-read-only'],
      run.out,
    );
    const done = inventory(rig.right).size;
    assert.ok(done < names.length, `${done} were placed`);
    ended(await rig.sync(), 0);
    rig.assertSame();
  },
);

tracedTest(
  'FS-11 a flush that fails once is done again from the source; failing always, the file is not placed',
  async (t) => {
    const rig = makeRig(t);
    ended(await rig.sync(), 0);
    rig.write(rig.left, { 'a.txt': 'a' });
    const stage = join(rig.right, '.syncmgr', 'stage', '0', '0');
    const once = faulty(rig, { calls: ['fsync', 'fdatasync'], path: stage, when: '1' }, 'EIO');
    ended(await rig.sync([], once), 0);
    assert.equal(faultsOf(rig), 1);
    rig.assertSame();
    rig.write(rig.left, { 'a.txt': 'changed' });
    const always = faulty(rig, { calls: ['fsync', 'fdatasync'], path: stage }, 'EIO');
    const run = await rig.sync([], always);
    ended(run, 6);
    assertProblems(run, { 'a.txt': 'folder-disk-failed' });
    assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'a');
    ended(await rig.sync(), 0);
    rig.assertSame();
  },
);

tracedTest(
  'FS-12 a rename that fails leaves the old file, fails alone, and is done the next time',
  async (t) => {
    const rig = makeRig(t);
    rig.write(rig.left, { 'a.txt': 'old', 'b.txt': 'old' });
    ended(await rig.sync(), 0);
    const errors = {
      EXDEV: 'folder-disk-failed',
      EBUSY: 'folder-busy',
      EPERM: 'folder-refused',
      EACCES: 'folder-refused',
    } as const;
    for (const [error, code] of Object.entries(errors)) {
      rig.write(rig.left, { 'a.txt': `new with ${error}`, 'b.txt': error });
      const calls = ['rename', 'renameat', 'renameat2'];
      const where = { calls, path: join(rig.right, 'a.txt') };
      const run = await rig.sync([], faulty(rig, where, error as keyof typeof errors));
      ended(run, 6);
      assertProblems(run, { 'a.txt': code });
      assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'old');
      assert.equal(readFileSync(join(rig.right, 'b.txt'), 'utf8'), error);
    }
    ended(await rig.sync(), 0);
    rig.assertSame();
  },
);

test('FS-12 where a folder stands in the way of a file nothing is replaced', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.right, 'a.txt'));
  mkdirSync(join(rig.right, 'a.txt'));
  rig.write(rig.right, { 'a.txt/inside.txt': 'inside' });
  rig.write(rig.left, { 'a.txt': 'changed' });
  const run = await rig.sync();
  ended(run, 4);
  assert.deepEqual(readdirSync(join(rig.right, 'a.txt')), ['inside.txt']);
  assert.equal(readFileSync(join(rig.left, 'a.txt'), 'utf8'), 'changed');
});

test('FS-21 a file that may not be changed fails alone, keeps its content, and follows when it may', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'kept.txt': 'old', 'free.txt': 'old' });
  ended(await rig.sync(), 0);
  const undo = mark(rig, 'i', join(rig.right, 'kept.txt'));
  // The mark moved its change time: that might have hidden an edit, so it is read once.
  ended(await rig.sync(), 0);
  rig.write(rig.left, { 'kept.txt': 'new', 'free.txt': 'new' });
  const calls = ['rename', 'renameat', 'renameat2'];
  const traced = () => faulty(rig, { calls, path: join(rig.right, 'kept.txt') }, 'EPERM');
  const run = await rig.sync([], undo === null ? traced() : {});
  ended(run, 6);
  assertProblems(run, { 'kept.txt': 'folder-refused' });
  assert.equal(readFileSync(join(rig.right, 'kept.txt'), 'utf8'), 'old');
  assert.equal(readFileSync(join(rig.right, 'free.txt'), 'utf8'), 'new');
  undo?.();
  ended(await rig.sync(), 0);
  rig.assertSame();
  writeFileSync(join(rig.left, 'kept.txt'), 'again');
  ended(await rig.sync(), 0);
  rig.assertSame();
});
