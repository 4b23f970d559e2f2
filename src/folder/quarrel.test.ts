// Another program at work in the same folders.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { FolderRig, type Run } from '../../test/support/folder-rig.ts';
import { plant } from '../../test/support/tree.ts';
import { trueClock } from '../platform/clock.ts';

let rig: FolderRig;
let now: number;
beforeEach(() => {
  rig = new FolderRig();
  now = trueClock.now();
});
afterEach(() => rig.remove());

const run = (trigger: 'change' | 'manual' = 'change'): Promise<Run> =>
  rig.run({ trigger, clock: { ...trueClock, now: () => now } });

/** As a program does that brings a version back: the time comes with it. */
function put(root: string, text: string, seconds: number): void {
  writeFileSync(join(root, 'file'), text);
  utimesSync(join(root, 'file'), seconds, seconds);
}

const older = (root: string) => put(root, 'one', 1_000_000);
const newer = (root: string) => put(root, 'newer', 2_000_000);
const codes = ({ log }: Run) => log.flatMap(({ code }) => code ?? []);
const textOn = (root: string) => readFileSync(join(root, 'file'), 'utf8');

/** What the one side gets is taken back on the other, again and again. */
async function quarrel(): Promise<void> {
  older(rig.left);
  await run();
  newer(rig.left);
  await run();
  older(rig.right);
  await run();
  newer(rig.left);
  assert.deepEqual(codes(await run()), []);
  older(rig.right);
}

describe('another program in the same folders', () => {
  test('CC-03 a path that it takes back each time is left alone after three times, and told', async () => {
    await quarrel();
    plant(rig.left, { other: 'x' });
    const left = await run();
    assert.deepEqual(codes(left), ['folder-quarrel']);
    assert.deepEqual(
      left.changes.map(({ path }) => path),
      ['other'],
    );
    assert.deepEqual([textOn(rig.left), textOn(rig.right)], ['newer', 'one']);
    assert.deepEqual(codes(await run()), ['folder-quarrel']);
  });

  test('CC-03 a person who runs it by hand has it tried again, and it counts anew', async () => {
    await quarrel();
    await run();
    assert.deepEqual(codes(await run('manual')), []);
    assert.deepEqual([textOn(rig.left), textOn(rig.right)], ['one', 'one']);
    newer(rig.left);
    assert.deepEqual(codes(await run()), []);
    assert.equal(textOn(rig.right), 'newer');
  });

  test('CC-03 after a day it is tried again by itself', async () => {
    await quarrel();
    now += 86_400_001;
    assert.deepEqual(codes(await run()), []);
    assert.deepEqual([textOn(rig.left), textOn(rig.right)], ['one', 'one']);
  });

  test('CC-03 a file that a person edits back and forth, or deletes and makes again, is no quarrel', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      put(turn % 2 === 0 ? rig.left : rig.right, turn % 2 === 0 ? 'on' : 'off', 1_000 + turn);
      assert.deepEqual(codes(await run()), []);
      if (turn % 3 !== 2) continue;
      rmSync(join(rig.left, 'file'));
      assert.deepEqual(codes(await run()), []);
    }
  });

  for (const [sign, tool] of [
    ['.stfolder', 'Syncthing'],
    ['.dropbox', 'Dropbox'],
    ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
    ['.sync', 'Resilio Sync'],
    ['._sync_0123abcd.db', 'Nextcloud or ownCloud'],
    ['.unison', 'Unison'],
    ['.tmp.driveupload', 'Google Drive'],
    ['sync.ffs_db', 'FreeFileSync'],
    ['.report.pdf.icloud', 'iCloud, with files that are not here'],
  ] as const) {
    test(`CC-03 ${sign} in a root is told as a warning`, async () => {
      mkdirSync(join(rig.right, sign));
      assert.deepEqual(warnings(await run()), [
        `${tool} seems to be at work in ${rig.right} too. Let only one program synchronize a folder with others.`,
      ]);
    });
  }

  test('CC-03 a mark in a folder above a root counts too, and none says nothing', async () => {
    assert.deepEqual(warnings(await run()), []);
    mkdirSync(join(rig.top, '.stfolder'));
    assert.equal(warnings(await run()).length, 1);
  });
});

const warnings = ({ log }: Run) =>
  log.filter(({ level }) => level === 'warning').map(({ text }) => text);
