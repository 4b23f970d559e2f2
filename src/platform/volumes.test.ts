import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { volumesConformance } from '../../test/conformance/volumes.ts';
import { volumes } from './volumes.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'syncmgr-volumes-')));
after(() => rmSync(folder, { recursive: true, force: true }));

// Only root may mount.
if (process.getuid?.() === 0) {
  volumesConformance('volumes of this system', async () => {
    const place = join(folder, 'My Stick');
    mkdirSync(place);
    return {
      volumes,
      place,
      mount: async () => void execFileSync('mount', ['-t', 'tmpfs', 'stick', place]),
      unmount: async () => void execFileSync('umount', [place]),
    };
  });
}

test('the top of the tree is always mounted', async () => {
  const mounted = await volumes.mounted();
  assert.ok(mounted.includes('/'));
  assert.equal(new Set(mounted).size, mounted.length);
});
