import assert from 'node:assert/strict';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { faultyDisk } from '../../test/support/faulty-disk.ts';
import { FolderRig } from '../../test/support/folder-rig.ts';
import { harvest, plant } from '../../test/support/tree.ts';
import { disk } from '../platform/disk.ts';
import { readBegun, writeBegun } from './begun.ts';

let rig: FolderRig;
beforeEach(() => {
  rig = new FolderRig();
});
afterEach(() => rig.remove());

const begun = () => join(rig.state, 'baselines', 'pair-1.begun');
const left = (name: string) => join(rig.left, name);

/** All is done on both sides, and then the baseline cannot be written. */
const cutOff = {
  filesystem: faultyDisk(disk, (call, name) =>
    call === 'replaceFile' && name.endsWith('.base') ? 'EIO' : null,
  ),
};

test('I10 I18 what a run that was cut off had carried over does not win over a person who took it back', async () => {
  plant(rig.left, { a: 'first', other: 'x' });
  await rig.run();
  // Only where the digest is known can a file that was away and is back be told from an edited one.
  utimesSync(left('a'), 1, 1);
  await rig.run();
  renameSync(left('a'), join(rig.top, 'away'));
  writeFileSync(left('a'), 'second');
  await rig.run(cutOff).catch(() => undefined);
  assert.equal(readFileSync(join(rig.right, 'a'), 'utf8'), 'second');
  assert.ok(existsSync(begun()), 'what was begun is remembered');
  renameSync(join(rig.top, 'away'), left('a'));
  const { changes, conflicts } = await rig.run();
  assert.deepEqual(changes, []);
  assert.deepEqual(
    conflicts.map(({ subject }) => subject),
    ['a'],
  );
  assert.ok(!existsSync(begun()), 'and forgotten once the baseline knows more');
  assert.equal(readFileSync(left('a'), 'utf8'), 'first');
  assert.equal(readFileSync(join(rig.right, 'a'), 'utf8'), 'second');
});

test('a folder that was deleted, and brought back while the run that deleted it was cut off, stays', async () => {
  plant(rig.left, { 'd/e': 'e', 'd/f': 'f', other: 'x' });
  await rig.run();
  renameSync(left('d'), join(rig.top, 'away'));
  await rig.run(cutOff).catch(() => undefined);
  assert.deepEqual(harvest(rig.right), { other: 'x' });
  renameSync(join(rig.top, 'away'), left('d'));
  await rig.run();
  assert.deepEqual(harvest(rig.left), { 'd/e': 'e', 'd/f': 'f', other: 'x' });
  assert.deepEqual(harvest(rig.right), harvest(rig.left));
});

test('after a run that was cut off, deletions a person made elsewhere travel as ever', async () => {
  plant(rig.left, { a: 'a', b: 'b', other: 'x' });
  await rig.run();
  writeFileSync(left('a'), 'longer');
  await rig.run(cutOff).catch(() => undefined);
  rmSync(left('b'));
  writeFileSync(left('a'), 'longer still');
  const { changes, conflicts } = await rig.run();
  assert.deepEqual(
    changes.map(({ side, kind, path }) => `${side} ${kind} ${path}`),
    ['right delete b'],
  );
  assert.deepEqual(
    conflicts.map(({ subject }) => subject),
    ['a'],
  );
});

test('nothing is left of what was begun by a run that came to its end, nor made by one without work', async () => {
  plant(rig.left, { a: 'a' });
  await rig.run();
  assert.ok(!readdirSync(join(rig.state, 'baselines')).includes('pair-1.begun'));
  writeFileSync(left('a'), 'longer');
  await rig.run();
  await rig.run();
  assert.ok(!existsSync(begun()));
});

test('what was begun beside another baseline, or cannot be read, counts for nothing', async () => {
  const file = join(rig.state, 'some.begun');
  assert.equal(readBegun(disk, file), null);
  const sets = { left: new Set(['a/b']), right: new Set<string>() };
  const signature = { mtimeMs: 1, ctimeMs: 2, inode: 3 };
  const expected = { kind: 'folder', mode: 0o755, signature } as const;
  const move = { kind: 'move', side: 'left', path: 'x', from: 'a', via: 'x', expected } as const;
  const one = { generations: [3], ...sets, moves: [move] };
  writeBegun(disk, file, one);
  assert.deepEqual(readBegun(disk, file), one);
  for (const text of ['{', '[]', 'null', '{"format":2,"generations":["3"],"left":[],"right":[]}']) {
    writeFileSync(file, text);
    assert.equal(readBegun(disk, file), null, text);
  }
});
