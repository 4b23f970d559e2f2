import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signsAbove, toolsSigned } from './other-tools.ts';

const left: readonly (readonly [string, ...string[]])[] = [
  ['Syncthing', '.stfolder', '.stignore', '.stversions'],
  ['Dropbox', '.dropbox', '.dropbox.cache', '.dropbox.device', '.dropbox.attr'],
  ['OneDrive', '.849C9593-D756-4E56-8D6E-42412F2A707B', '.849c9593-d756-4e56-8d6e-42412f2a707b'],
  ['Google Drive', '.tmp.drivedownload', '.tmp.driveupload'],
  ['Nextcloud or ownCloud', '._sync_0a1f.db', '.sync_0a1f.db', '.owncloudsync.log'],
  ['Resilio Sync', '.sync', '.sync.includes', '.SyncID', '.SyncIgnore'],
  ['Unison', '.unison', '.unison.a.b.unison.tmp', '.unison.a.tmp'],
  ['FreeFileSync', 'sync.ffs_db', '.sync.ffs_lock'],
  ['osync', '.osync_workdir'],
  ['rclone bisync', 'RCLONE_TEST'],
  ['MEGA', '.megaignore', '.debris'],
  ['iCloud, with files that are not here', '.photo.jpg.icloud'],
  ['a cloud, with files that are not here', 'photo.jpg.nextcloud', 'photo.jpg.owncloud'],
];

test('CC-03 each tool is known by what it leaves, and told once', () => {
  for (const [tool, ...names] of left) {
    for (const name of names) assert.deepEqual(toolsSigned(['a', name, 'b']), [tool], name);
    assert.deepEqual(toolsSigned(names), [tool]);
  }
  const all = toolsSigned(left.flatMap(([, ...names]) => names));
  assert.equal(all.length, left.length);
});

test('names of a person tell of no tool', () => {
  assert.deepEqual(toolsSigned([]), []);
  assert.deepEqual(toolsSigned(['.sync.txt', 'unison', 'my.stfolder', 'icloud', '.icloud']), []);
});

test('a sign of the top of a tree tells of its own tool', () => {
  assert.deepEqual(toolsSigned(signsAbove), ['Syncthing', 'Dropbox', 'OneDrive', 'Google Drive']);
});
