// Moves that belong together, of which only some can be done.
import assert from 'node:assert/strict';
import {
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk, type Meddler } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

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
}

const exchange = (one: string, other: string) => {
  renameSync(join(rig.left, one), join(rig.left, 'third'));
  renameSync(join(rig.left, other), join(rig.left, one));
  renameSync(join(rig.left, 'third'), join(rig.left, other));
};

test('FS-08 what made room for a move that failed goes back, with what was edited in it', async () => {
  await agreed({ 'one/a': 'a', 'two/b': 'b' });
  exchange('one', 'two');
  writeFileSync(join(rig.right, 'two/b'), 'b, edited');
  let failed = 0;
  await rig.run(
    meddling((call, name) =>
      call === 'rename' && name === 'two' && failed++ === 0 ? 'EIO' : null,
    ),
  );
  assert.equal(failed > 1, true);
  assert.deepEqual(harvest(rig.right), { 'one/a': 'a', 'two/b': 'b, edited' });
  await healed();
  assert.deepEqual(harvest(rig.left), { 'one/b': 'b, edited', 'two/a': 'a' });
});

test('I10 what made room in a run that was killed is in sight again after the next one', async () => {
  await agreed({ 'one/a': 'a', 'two/b': 'b' });
  exchange('one', 'two');
  const edited = ['one/a', 'two/b'];
  for (const path of edited) writeFileSync(join(rig.right, path), `${path}, edited`);
  let isDead = false;
  const kill: Meddler = (call, name) => {
    isDead ||= call === 'rename' && (name === 'one' || name === 'two');
    return isDead ? 'EIO' : null;
  };
  await rig.run(meddling(kill)).catch(() => undefined);
  assert.equal(Object.keys(harvest(rig.right)).length, 1);
  await rig.run();
  for (const path of edited) {
    assert.equal(Object.values(harvest(rig.right)).includes(`${path}, edited`), true);
  }
  await rig.run();
  await healed();
});

test('FS-08 it is in sight with the next run where its name stays taken, and a disk goes on failing', async () => {
  await agreed({ 'one/a': 'a', 'two/b': 'b' });
  exchange('one', 'two');
  writeFileSync(join(rig.right, 'two/b'), 'b, edited');
  const failing = meddling((call, name) => (call === 'rename' && name === 'one' ? 'EIO' : null));
  const { log } = await rig.run(failing);
  assert.deepEqual(harvest(rig.right), { 'two/a': 'a' });
  const told = log.filter(({ code }) => code === 'folder-astray').map(({ subject }) => subject);
  assert.deepEqual(told.toSorted(), ['one', 'two']);
  await rig.run(failing);
  const right = harvest(rig.right);
  assert.equal(right['two/a'], 'a');
  assert.deepEqual(Object.values(right).toSorted(), ['a', 'b, edited']);
});

test('FS-08 it is in sight at once where a person took its name meanwhile', async () => {
  await agreed({ one: 'first', two: 'the second' });
  exchange('one', 'two');
  let failed = 0;
  const taking: Meddler = (call, name) => {
    if (call !== 'link' || name !== 'one' || failed++ > 0) return null;
    writeFileSync(join(rig.right, 'one'), 'of a person');
    return 'EIO';
  };
  await rig.run(meddling(taking));
  const { one, two, ...others } = harvest(rig.right);
  assert.deepEqual([one, two, Object.values(others)], ['of a person', 'first', ['the second']]);
});

for (const refused of ['link', 'sync'] as const) {
  test(`FS-08 FS-11 two files that exchange names do so in the next run where a disk refuses every ${refused} after the first`, async () => {
    await agreed({ one: 'first', two: 'the second', other: 'x' });
    exchange('one', 'two');
    let calls = 0;
    const late: Meddler = (call) => (call === refused && calls++ > 0 ? 'ENOSPC' : null);
    await rig.run(meddling(late)).catch(() => undefined);
    assert.equal(calls > 2, true);
    const { conflicts } = await rig.run();
    assert.deepEqual(conflicts, []);
    assert.deepEqual(harvest(rig.right), { one: 'the second', two: 'first', other: 'x' });
    assert.deepEqual(harvest(rig.left), harvest(rig.right));
    assert.deepEqual((await rig.run()).changes, []);
    assert.deepEqual(
      readdirSync(join(rig.state, 'baselines')).filter((name) => name.endsWith('.begun')),
      [],
    );
  });
}

test('FS-08 what a move left whose successor failed is not taken for deleted by a person', async () => {
  await agreed({ 'one/a': 'a', 'two/b': 'b' });
  const rename = (from: string, to: string) => renameSync(join(rig.left, from), join(rig.left, to));
  rename('two', 'three');
  rename('one', 'two');
  await rig.run(meddling((call, name) => (call === 'rename' && name === 'two' ? 'EIO' : null)));
  assert.deepEqual(harvest(rig.right), { 'one/a': 'a', 'three/b': 'b' });
  rename('two', 'one');
  rename('three', 'two');
  await rig.run();
  assert.deepEqual(harvest(rig.left), { 'one/a': 'a', 'two/b': 'b' });
  await healed();
});

for (const [link, file] of [
  ['one', 'two'],
  ['two', 'one'],
] as const) {
  test(`I7 a link ${link} and a file ${file} that exchanged their names do so in one run`, async () => {
    plant(rig.left, { [file]: 'f' });
    symlinkSync('elsewhere', join(rig.left, link));
    await rig.run();
    exchange(link, file);
    const { changes } = await rig.run();
    assert.equal(changes.length > 0, true);
    assert.equal(readlinkSync(join(rig.right, file)), 'elsewhere');
    assert.equal(readFileSync(join(rig.right, link), 'utf8'), 'f');
    assert.deepEqual((await rig.run()).changes, []);
  });
}

test('FS-11 a move whose new name cannot be put on disk leaves the old one, and not both', async () => {
  await agreed({ 'old.txt': 'a' });
  renameSync(join(rig.left, 'old.txt'), join(rig.left, 'new.txt'));
  let given = 0;
  let refused = 0;
  await rig.run(
    meddling((call, name) => {
      if (call === 'link' && name === 'new.txt') given += 1;
      return call === 'sync' && given === 1 && refused++ === 0 ? 'EIO' : null;
    }),
  );
  assert.deepEqual([given, refused > 0], [1, true]);
  assert.deepEqual(harvest(rig.right), { 'old.txt': 'a' });
  await healed();
  assert.deepEqual(harvest(rig.right), { 'new.txt': 'a' });
});
