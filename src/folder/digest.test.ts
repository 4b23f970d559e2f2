import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { temporaryRoot } from '../../test/support/scan-rig.ts';
import { SyncError } from '../model/error.ts';
import { trueClock } from '../platform/clock.ts';
import { disk } from '../platform/disk.ts';
import { sha256 } from '../platform/hasher.ts';
import { digestFiles } from './digest.ts';
import { Meter } from './meter.ts';
import type { FolderWorld } from './world.ts';

const world: FolderWorld = { filesystem: disk, clock: trueClock, sha256 };

function digest(root: string, paths: readonly string[], meter = new Meter(), own = world) {
  return digestFiles(own, { side: 'left', root, paths, meter: meter.shared });
}

describe('digests', () => {
  test('are the SHA-256 of what is in each file, in the order asked for', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    const large = Buffer.alloc(600_000, 'large');
    mkdirSync(join(root, 'd'));
    writeFileSync(join(root, 'd/large'), large);
    writeFileSync(join(root, 'empty'), '');
    const meter = new Meter();
    const found = digest(root, ['empty', 'd/large'], meter);
    const wanted = ['', large].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual(
      found.map((outcome) => outcome.state === 'digested' && outcome.digest),
      wanted,
    );
    assert.equal(meter.bytes, 600_000);
  });

  test('MT-1 FS-19 are refused to links, folders and what is not there; the rest goes on', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    writeFileSync(join(root, 'f'), 'x');
    mkdirSync(join(root, 'd'));
    symlinkSync('f', join(root, 'l'));
    symlinkSync('.', join(root, 'way'));
    const found = digest(root, ['d', 'l', 'no', 'way/f', 'f']);
    assert.deepEqual(
      found.map((outcome) => (outcome.state === 'failed' ? outcome.reason : outcome.state)),
      ['EINVAL', 'ELOOP', 'ENOENT', 'ENOTDIR', 'digested'],
    );
  });

  test('FS-13 are refused to a file that changes while it is read', () => {
    using temporary = temporaryRoot();
    const path = join(temporary.root, 'f');
    writeFileSync(path, Buffer.alloc(400_000));
    let pieces = 0;
    const busy: FolderWorld = {
      ...world,
      sha256: () => {
        const hasher = sha256();
        return {
          hex: () => hasher.hex(),
          update: (bytes) => {
            if (pieces++ === 0) appendFileSync(path, 'more');
            hasher.update(bytes);
          },
        };
      },
    };
    assert.deepEqual(digest(temporary.root, ['f'], new Meter(), busy), [
      { state: 'failed', reason: 'EBUSY' },
    ]);
  });

  test('end when they are told to', () => {
    using temporary = temporaryRoot();
    writeFileSync(join(temporary.root, 'f'), 'x');
    const meter = new Meter();
    meter.stop();
    assert.throws(
      () => digest(temporary.root, ['f'], meter),
      (error) => error instanceof SyncError && error.code === 'folder-stopped',
    );
  });
});
