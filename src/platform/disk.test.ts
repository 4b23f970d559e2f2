import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { filesystemConformance } from '../../test/conformance/filesystem.ts';
import { disk } from './disk.ts';

const seed = Number(process.env.SEED ?? 20261120);

function emptyFolder() {
  const root = mkdtempSync(join(tmpdir(), 'disk-'));
  return {
    filesystem: disk,
    root,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

filesystemConformance('the disk', emptyFolder);

describe('the disk', () => {
  test('MT-1 a FIFO is refused at once, for reading, editing and copying', () => {
    using under = emptyFolder();
    execFileSync('mkfifo', [join(under.root, 'pipe')]);
    const folder = disk.openFolder(under.root);
    assert.throws(() => folder.openFile('pipe'), { code: 'EINVAL' });
    assert.throws(() => folder.editFile('pipe'), { code: 'EINVAL' });
    assert.throws(() => folder.copyFile('pipe', folder, 'copy'), { code: 'EINVAL' });
    assert.equal(folder.stat('pipe')?.kind, 'other');
    folder.close();
  });

  test('MT-2 names that are no UTF-8 are listed apart, as text for people', () => {
    using under = emptyFolder();
    const bytes = Buffer.concat([Buffer.from(`${under.root}/`), Buffer.from([0x66, 0xff, 0x5c])]);
    writeFileSync(bytes, '');
    writeFileSync(join(under.root, 'real \uFFFD'), '');
    const { names, unreadable } = disk.list(under.root);
    assert.deepEqual(names, ['real \uFFFD']);
    assert.deepEqual(unreadable, ['f\\xff\\x5c']);
  });

  test('MT-2 a link to a target that is no UTF-8 is refused', () => {
    using under = emptyFolder();
    execFileSync('sh', ['-c', `ln -s "$(printf 'a\\377')" "$1"`, 'sh', join(under.root, 'l')]);
    assert.throws(() => disk.readLink(join(under.root, 'l')), { code: 'EILSEQ' });
  });

  test('CK-03 a time read from a file is set on another to the last bit', () => {
    using under = emptyFolder();
    const folder = disk.openFolder(under.root);
    folder.createFile('f', 0o600).close();
    const seconds = fc.double({ min: 0, max: 4_294_967_295, noNaN: true });
    fc.assert(
      fc.property(seconds, (time) => {
        utimesSync(join(under.root, 'f'), time, time);
        const { mtimeMs } = statSync(join(under.root, 'f'));
        folder.setTimes('f', 1000);
        folder.setTimes('f', mtimeMs);
        assert.equal(folder.stat('f')?.mtimeMs, mtimeMs);
        const file = folder.editFile('f');
        file.setTimes(mtimeMs);
        assert.equal(file.stat().mtimeMs, mtimeMs);
        file.close();
      }),
      { seed, numRuns: 2000 },
    );
    folder.close();
  });

  test('FS-20 a mounted file system is told by its device', () => {
    assert.notEqual(disk.stat('/proc')?.device, disk.stat('/')?.device);
  });
});
