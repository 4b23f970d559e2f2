// Several at work at once: two runs over one pair, two pairs over one folder, rings of pairs,
// decisions that cross.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inventory } from '../e2e/proof/inventory.ts';
import { able, mount } from './privilege.ts';
import { assertHolds, ended, makeRig, type Rig, type Run, told, until, whenDone } from './rig.ts';

/** A run that takes two seconds, once it has begun to write on the right. */
async function slowly(rig: Rig, words: readonly string[] = ['sync', rig.left, rig.right]) {
  const child = rig.start([...words, '--json']);
  const done = whenDone(child);
  await until(() => existsSync(join(rig.right, '.syncmgr', 'stage')), done);
  return { child, done };
}

async function withBigFile(t: TestContext): Promise<Rig> {
  const rig = makeRig(t);
  rig.write(rig.left, { 'big.bin': 'b'.repeat(2_000_000) });
  return rig;
}

const slow = ['--bwlimit', '1M'];

test('CC-01 CC-02 two pairs over one folder, by whatever path, take turns or say so', async (t) => {
  const rig = await withBigFile(t);
  const alias = join(rig.home, 'alias');
  if (mount(rig, alias, ['--bind', rig.right]) === null) symlinkSync(rig.right, alias);
  rig.write(rig.outside, { 'third.txt': 'third' });
  const { done } = await slowly(rig, ['sync', rig.left, rig.right, ...slow]);
  const run = await rig.run(['sync', rig.outside, alias, '--json']);
  const first = await done;
  ended(first, 0);
  if (run.code !== 0) {
    assert.equal(run.error?.code, 'folder-root-busy', told(run));
    assert.match(run.error.text, /Another synchronization is at work in .+Wait for it to end/);
    ended(run, 5);
  }
  ended(await rig.run(['sync', rig.outside, alias]), 0);
  assertHolds(rig.right, ['big.bin', 'third.txt']);
  assertHolds(rig.outside, ['big.bin', 'third.txt']);
});

test('CC-02 a pair named through links is the same pair', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  const alias = join(rig.home, 'alias');
  symlinkSync(rig.right, alias);
  ended(await rig.run(['sync', `${rig.left}/.`, alias, '--error-on-no-change']), 9);
});

test('CC-04 a ring of three pairs comes to rest, and copies do not multiply', async (t) => {
  const rig = makeRig(t);
  const [a, b, c] = [rig.left, rig.right, rig.outside];
  rig.write(a, { 'same.txt': 'same', 'a.txt': 'a', 'clash.txt': 'from a' });
  rig.write(b, { 'same.txt': 'same', 'b.txt': 'b' });
  rig.write(c, { 'same.txt': 'same', 'c.txt': 'c', 'clash.txt': 'from c, other' });
  const ring = [
    [a, b],
    [b, c],
    [c, a],
  ] as const;
  const round = async (...words: string[]): Promise<Run[]> => {
    const runs: Run[] = [];
    for (const [left, right] of ring) {
      runs.push(await rig.run(['sync', left, right, '--json', '--conflict', 'copy', ...words]));
    }
    return runs;
  };
  await round();
  await round();
  for (const run of await round('--error-on-no-change')) ended(run, 9);
  assert.deepEqual(inventory(a), inventory(b));
  assert.deepEqual(inventory(b), inventory(c));
  assert.equal(inventory(a).size, 6, [...inventory(a).keys()].join());
});

test('CC-05 stop and skip together have one outcome, recorded once, and the next run goes on', async (t) => {
  const rig = await withBigFile(t);
  ended(await rig.run(['add', 'work', rig.left, rig.right, ...slow]), 0);
  const { done } = await slowly(rig, ['run', 'work']);
  const [skip, stop] = await Promise.all([
    rig.run(['skip', 'work/folders', '--json']),
    rig.run(['stop', 'work', '--json']),
  ]);
  for (const run of [skip, stop]) assert.ok([0, 2, 4].includes(run.code ?? -1), told(run));
  const run = await done;
  assert.ok(['stopped', 'partial', 'succeeded'].includes(run.ending ?? ''), told(run));
  const history = await rig.run(['history', '--json']);
  assert.equal(history.lines.filter(({ type }) => type === 'session').length, 1);
  rig.write(rig.left, { 'big.bin': 'small now' });
  ended(await rig.run(['run', 'work']), 0);
  rig.assertSame();
});

test('CC-06 of two who settle one conflict at once one is told that it changed', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.sync(), 0);
  rig.write(rig.left, { 'a.txt': 'left' });
  rig.write(rig.right, { 'a.txt': 'the right one' });
  ended(await rig.sync(), 4);
  const list = await rig.run(['conflicts', '--json']);
  const id = String(list.lines.find(({ type }) => type === 'conflict')?.id);
  const runs = await Promise.all([
    rig.run(['conflicts', 'resolve', id, '--keep', 'left', '--json']),
    rig.run(['conflicts', 'resolve', id, '--keep', 'right', '--json']),
  ]);
  const well = runs.filter(({ code }) => code === 0);
  assert.equal(well.length, 1, runs.map(told).join('\n'));
  rig.assertSame();
  const open = (await rig.run(['conflicts', '--json'])).lines.filter(
    ({ type }) => type === 'conflict',
  );
  assert.equal(open.length, 0);
});

test('CC-07 moves on both sides that would make a ring keep a tree and every content', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a/in-a.txt': 'content of a', 'b/in-b.txt': 'content of b' });
  ended(await rig.sync(), 0);
  renameSync(join(rig.left, 'a'), join(rig.left, 'b', 'a'));
  renameSync(join(rig.right, 'b'), join(rig.right, 'a', 'b'));
  for (let round = 0; round < 2; round++) await rig.sync(['--approve']);
  for (const root of [rig.left, rig.right]) {
    const contents = [...inventory(root).keys()]
      .filter((path) => path.endsWith('.txt'))
      .map((path) => readFileSync(join(root, path), 'utf8'));
    assert.ok(contents.includes('content of a'), [...inventory(root).keys()].join());
    assert.ok(contents.includes('content of b'), [...inventory(root).keys()].join());
  }
});

test('CC-08 a partnership removed while it runs stops first; its files stay', async (t) => {
  const rig = await withBigFile(t);
  rig.write(rig.right, { 'r.txt': 'r' });
  ended(await rig.run(['add', 'work', rig.left, rig.right, ...slow]), 0);
  const { done } = await slowly(rig, ['run', 'work']);
  const removed = await rig.run(['remove', 'work', '--json']);
  await done;
  assert.ok([0, 4, 5].includes(removed.code ?? -1), told(removed));
  assert.ok(inventory(rig.left).has('big.bin'));
  assert.ok(inventory(rig.right).has('r.txt'));
  assert.ok(able(rig, 'test', ['-d', rig.right]));
});
