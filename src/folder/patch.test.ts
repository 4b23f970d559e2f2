import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { trueClock } from '../platform/clock.ts';
import { disk } from '../platform/disk.ts';
import { sha256 } from '../platform/hasher.ts';
import type { Folder, Stat } from '../ports/filesystem.ts';
import { signatureOf } from './core/signature.ts';
import { Transitions } from './core/transitions.ts';
import { type Lane, openLane } from './lane.ts';
import { Meter } from './meter.ts';
import { patchFile } from './patch.ts';

const bytes = 2 * 1024 * 1024;
let top: string;
let folder: Folder;
let lane: Lane;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'syncmgr-patch-'));
  const root = (name: string) => {
    const path = join(top, name);
    mkdirSync(path);
    const { dev: device, ino: inode } = statSync(path);
    return { path, device, inode };
  };
  const roots = { left: root('left'), right: root('right') };
  writeFileSync(join(top, 'right', 'old'), randomBytes(bytes));
  writeFileSync(join(top, 'right', 'new'), readFileSync(join(top, 'right', 'old')));
  writeFileSync(join(top, 'right', 'new'), 'changed', { flag: 'r+' });
  folder = disk.openFolder(roots.right.path);
  lane = openLane(
    { filesystem: disk, clock: trueClock, sha256 },
    {
      roots,
      stage: '0',
      trash: 'trash',
      first: 0,
      transitions: new Transitions().pack(),
      trees: false,
      strict: false,
      meter: new Meter().shared,
    },
  );
});
afterEach(() => {
  lane.held.left.close();
  lane.held.right.close();
  folder.close();
  rmSync(top, { recursive: true });
});

/** As a disk that can share blocks; how it does that is its own affair. */
function sharing(can: boolean): Pick<Folder, 'stat' | 'copyFile' | 'shareFile'> {
  return {
    stat: (name) => folder.stat(name),
    copyFile: () => assert.fail('nothing is to be copied'),
    shareFile: (name, to, toName) => {
      if (can) folder.copyFile(name, to, toName);
      return can;
    },
  };
}

function patched(over: Pick<Lane, 'oneDisk'>, can: boolean): number | null {
  const found = folder.stat('old') as Stat;
  const { size, mtimeMs, mode } = found;
  const content = { kind: 'file', size, mtimeMs, mode, digest: null } as const;
  const expected = { ...content, signature: signatureOf(found, trueClock.now()) };
  const source = folder.openFile('new');
  try {
    return patchFile(
      { ...lane, ...over },
      {
        source,
        old: { folder: sharing(can), name: 'old', expected, moved: undefined },
        into: folder,
        name: 'made',
      },
      (_, written) => written,
    );
  } finally {
    source.close();
  }
}

test('where blocks can be shared only those are written that differ', () => {
  assert.equal(patched({ oneDisk: false }, true), 64 * 1024);
  assert.deepEqual(
    readFileSync(join(top, 'right', 'made')),
    readFileSync(join(top, 'right', 'new')),
  );
});

test('where they cannot, or both roots are on one disk, the old version does not help', () => {
  assert.equal(patched({ oneDisk: false }, false), null);
  assert.equal(patched({ oneDisk: true }, true), null);
  assert.equal(folder.stat('made'), null);
});
