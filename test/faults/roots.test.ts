// Roots that are not what they were: gone, emptied, exchanged. Nothing may be taken for deleted.
import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inventory } from '../e2e/proof/inventory.ts';
import { mount } from './privilege.ts';
import { assertHalted, assertHolds, ended, makeRig, type Rig } from './rig.ts';

/** Synchronized once, three entries. */
async function agreed(t: TestContext): Promise<Rig> {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a', 'folder/b.txt': 'b' });
  ended(await rig.sync(), 0);
  return rig;
}

for (const side of ['left', 'right'] as const) {
  test(`FS-01 a ${side} folder that is gone is named, and nothing is deleted or made`, async (t) => {
    const rig = await agreed(t);
    const other = side === 'left' ? rig.right : rig.left;
    const before = inventory(other);
    renameSync(rig[side], `${rig[side]}.away`);
    const run = await rig.sync();
    ended(run, 4);
    assert.equal(run.error?.code, 'pair-root-gone');
    assert.match(
      run.error.text,
      /was synchronized before and is not there now.*Nothing was changed/,
    );
    assert.ok(run.error.text.includes(rig[side]));
    assert.deepEqual(inventory(other), before);
    assert.equal(readdirSync(rig.home).includes(side), false);
    renameSync(`${rig[side]}.away`, rig[side]);
    ended(await rig.sync(['--error-on-no-change']), 9);
  });
}

test('FS-01 a kept partnership whose folder is gone cannot be approved into deleting', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.run(['add', 'work', rig.left, rig.right]), 0);
  ended(await rig.run(['run', 'work']), 0);
  rmSync(rig.right, { recursive: true });
  const run = await rig.run(['run', 'work', '--approve', '--json']);
  ended(run, 4);
  assert.match(run.error?.text ?? '', /The folder .*right is missing: is its disk connected\?/);
  assertHolds(rig.left, ['a.txt']);
  assert.equal(readdirSync(rig.home).includes('right'), false);
});

test('FS-02 an emptied folder halts, even when one entry was all there was', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'only.txt': 'one' });
  ended(await rig.sync(), 0);
  rmSync(join(rig.right, 'only.txt'));
  assertHalted(await rig.sync(), /right is empty now and was not before/);
  assert.equal(readFileSync(join(rig.left, 'only.txt'), 'utf8'), 'one');
  ended(await rig.sync(['--merge']), 0);
  rig.assertSame();
  assert.equal(readFileSync(join(rig.right, 'only.txt'), 'utf8'), 'one');
});

test('FS-03 an empty mount point in place of the disk halts; with the disk back all is well', async (t) => {
  const rig = makeRig(t);
  const undo = mount(rig, rig.right);
  rig.write(rig.left, { 'a.txt': 'a', 'folder/b.txt': 'b' });
  ended(await rig.sync(), 0);
  if (undo === null) {
    renameSync(rig.right, `${rig.right}.away`);
    mkdirSync(rig.right);
    assertHalted(await rig.sync(), /is not the one that was synchronized before/);
    return;
  }
  // The same disk is mounted elsewhere, so that it can come back.
  const aside = join(rig.home, 'aside');
  const moved = mount(rig, aside, ['--bind', rig.right]);
  assert.ok(moved);
  undo();
  assertHalted(await rig.sync(), /is not the one that was synchronized before/, /is empty now/);
  assert.equal(inventory(rig.left).size, 3);
  assert.deepEqual(readdirSync(rig.right), []);
  assert.ok(mount(rig, rig.right, ['--bind', aside]));
  ended(await rig.sync(['--error-on-no-change']), 9);
});

test('FS-04 a marker made again by hand is not accepted; approving unites and deletes nothing', async (t) => {
  const rig = await agreed(t);
  const marker = join(rig.right, '.syncmgr', 'marker.json');
  const text = readFileSync(marker, 'utf8');
  const root = (JSON.parse(text) as { root: string }).root;
  rmSync(rig.right, { recursive: true });
  mkdirSync(join(rig.right, '.syncmgr'), { recursive: true });
  writeFileSync(marker, text.replace(root, root.replaceAll(/[0-9a-f]/g, '0')));
  rig.write(rig.right, { 'new.txt': 'only here' });
  const halted = await rig.sync();
  assertHalted(halted, /its marker is missing or another.*Approve to compare and unite both/);
  ended(await rig.sync(['--approve']), 0);
  rig.assertSame();
  assertHolds(rig.left, ['a.txt', 'folder', 'folder/b.txt', 'new.txt']);
});

const spoiled = { 'half of it': '{"format":1,"ro', 'another thing': '[]', nothing: '' };
for (const [name, text] of Object.entries(spoiled)) {
  test(`FS-04 a marker that holds ${name} halts`, async (t) => {
    const rig = await agreed(t);
    writeFileSync(join(rig.right, '.syncmgr', 'marker.json'), text);
    rmSync(join(rig.right, 'a.txt'));
    assertHalted(await rig.sync(), /its marker is missing or another/);
    assert.ok(inventory(rig.left).has('a.txt'));
    ended(await rig.sync(['--merge']), 0);
    rig.assertSame();
    ended(await rig.sync(['--error-on-no-change']), 9);
  });
}

test('FS-05 another folder under the same path halts, and only its own files are there after it', async (t) => {
  const rig = await agreed(t);
  const other = makeRig(t);
  other.write(other.left, { 'theirs.txt': 'theirs' });
  ended(await other.sync(), 0);
  rmSync(rig.right, { recursive: true });
  cpSync(other.right, rig.right, { recursive: true, preserveTimestamps: true });
  assertHalted(await rig.sync(), /is not the one that was synchronized before/);
  assert.equal(inventory(rig.left).has('theirs.txt'), false);
  assertHolds(rig.right, ['theirs.txt']);
  ended(await rig.sync(['--approve']), 0);
  rig.assertSame();
  assert.equal(inventory(rig.left).size, 4);
});

test('FS-05 a backup of an earlier time under the same path halts instead of taking back', async (t) => {
  const rig = await agreed(t);
  const backup = join(rig.home, 'backup');
  cpSync(rig.right, backup, { recursive: true, preserveTimestamps: true });
  rig.write(rig.left, { 'later.txt': 'later', 'a.txt': 'changed later' });
  ended(await rig.sync(), 0);
  rmSync(rig.right, { recursive: true });
  renameSync(backup, rig.right);
  assertHalted(await rig.sync(), /older than what is remembered|is not the one/);
  assert.equal(readFileSync(join(rig.left, 'a.txt'), 'utf8'), 'changed later');
  assert.ok(inventory(rig.left).has('later.txt'));
  const united = await rig.sync(['--merge']);
  ended(united, 4);
  // What both have in another version waits for a person; nothing was decided by its age.
  assert.equal(readFileSync(join(rig.left, 'a.txt'), 'utf8'), 'changed later');
  assert.equal(readFileSync(join(rig.right, 'a.txt'), 'utf8'), 'a');
  assert.ok(inventory(rig.right).has('later.txt'));
});

test('FS-06 a root turned into a file is said to be no folder', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  ended(await rig.run(['add', 'work', rig.left, rig.right]), 0);
  ended(await rig.run(['run', 'work']), 0);
  rmSync(rig.right, { recursive: true });
  writeFileSync(rig.right, 'a file');
  const run = await rig.run(['run', 'work', '--json', '--approve']);
  ended(run, 4);
  assert.match(run.error?.text ?? '', /right is no folder any more: what stands there now\?/);
  assert.equal(readFileSync(rig.right, 'utf8'), 'a file');
  const given = await rig.sync();
  assert.notEqual(given.code, 0);
  assert.ok((given.error?.text ?? '').includes(rig.right), given.out);
  assertHolds(rig.left, ['a.txt']);
});

test('FS-06 a root turned into a link to elsewhere halts, and elsewhere stays untouched', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  rig.write(rig.outside, { 'theirs.txt': 'theirs' });
  ended(await rig.run(['add', 'work', rig.left, rig.right]), 0);
  ended(await rig.run(['run', 'work']), 0);
  rmSync(rig.right, { recursive: true });
  symlinkSync(rig.outside, rig.right);
  const run = await rig.run(['run', 'work', '--json', '--approve']);
  ended(run, 4);
  assert.deepEqual(readdirSync(rig.outside), ['theirs.txt']);
  assertHolds(rig.left, ['a.txt']);
});
