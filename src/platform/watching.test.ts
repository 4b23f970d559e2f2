import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Hearing, watchingConformance } from '../../test/conformance/watching.ts';
import type { WatchHint } from '../ports/watching.ts';
import { watching } from './watching.ts';

const folder = mkdtempSync(join(tmpdir(), 'syncmgr-watching-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let roots = 0;
const isLost = ({ kind }: WatchHint) => kind === 'lost';

function freshRoot(): string {
  const root = join(folder, `root-${roots++}`);
  mkdirSync(join(root, 'old', 'deep'), { recursive: true });
  writeFileSync(join(root, 'old', 'deep', 'file'), '');
  return root;
}

watchingConformance('watching of this system', async () => {
  const root = freshRoot();
  const at = (path: string) => join(root, path);
  return {
    watching,
    root,
    vouches: process.platform === 'linux',
    makeFolder: async (path) => void mkdirSync(at(path), { recursive: true }),
    writeFile: async (path) => writeFileSync(at(path), 'x', { flag: 'a' }),
    rename: async (from, to) => renameSync(at(from), at(to)),
    remove: async (path) => rmSync(at(path), { recursive: true }),
  };
});

if (process.platform === 'linux') {
  test('FS-24 of 100,000 files in new folders that fill at once, none is missed', async () => {
    const root = freshRoot();
    const heard = new Hearing();
    const watch = await watching.watch(root, heard.hear);
    // Another process writes, as fast as it can.
    const script = `
      const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
      for (let top = 0; top < 20; top++) {
        for (let sub = 0; sub < 50; sub++) {
          const at = process.argv[1] + '/t' + top + '/s' + sub + '/deep';
          mkdirSync(at, { recursive: true });
          for (let file = 0; file < 100; file++) writeFileSync(at + '/f' + file, '');
        }
        renameSync(process.argv[1] + '/t' + top, process.argv[1] + '/r' + top);
      }`;
    const writer = spawn(process.execPath, ['-e', script, root], { stdio: 'inherit' });
    await new Promise((resolve) => writer.once('exit', resolve));
    for (let top = 0; top < 20; top++) {
      for (let sub = 0; sub < 50; sub++) {
        for (const file of [0, 99]) await heard.covers(`r${top}/s${sub}/deep/f${file}`);
      }
    }
    // And each of the thousand folders is watched where it stands now.
    await heard.covers('r19');
    const late = Array.from({ length: 1_000 }, (_, n) => `r${n % 20}/s${n % 50}/deep/late`);
    heard.forget();
    for (const path of late) writeFileSync(join(root, path), '');
    for (const path of late) await heard.covers(path);
    await watch.close();
  });

  test('FS-24 more than the kernel can queue is told as lost', async () => {
    const root = freshRoot();
    const heard = new Hearing();
    const watch = await watching.watch(root, heard.hear);
    // Nobody takes what is told while this thread works.
    for (let turn = 0; turn < 12_000; turn++) {
      writeFileSync(join(root, `f${turn % 2}`), 'x');
      renameSync(join(root, `f${turn % 2}`), join(root, 'old', `g${turn % 2}`));
    }
    writeFileSync(join(root, 'old', 'deep', 'file'), 'the one that is dropped');
    await heard.covers('old/deep/file');
    await heard.until(() => heard.hints.some(isLost));
    await watch.close();
  });

  test('FS-24 what the kernel drops may be of any watch: all are told, and follow all folders anew', async () => {
    const roots = Array.from({ length: 4 }, freshRoot);
    const heard = roots.map(() => new Hearing());
    const watches = await Promise.all(
      roots.map((root, at) => watching.watch(root, heard[at]?.hear ?? (() => {}))),
    );
    // Each of them has less than would be noticed of one alone.
    for (let turn = 0; turn < 2_500; turn++) {
      for (const root of roots.slice(0, 3)) {
        writeFileSync(join(root, `f${turn % 2}`), 'x');
        renameSync(join(root, `f${turn % 2}`), join(root, 'old', `g${turn % 2}`));
      }
    }
    const [last = ''] = roots.slice(3);
    mkdirSync(join(last, 'dropped', 'deep'), { recursive: true });
    for (const hearing of heard) await hearing.until(() => hearing.hints.some(isLost));
    assert.deepEqual(
      await Promise.all(watches.map((watch) => watch.isAllTold())),
      roots.map(() => true),
    );
    heard[3]?.forget();
    writeFileSync(join(last, 'dropped', 'deep', 'file'), '');
    await heard[3]?.covers('dropped/deep/file');
    for (const watch of watches) await watch.close();
  });

  test('FS-24 a limit of the system is named, with what raises it', () => {
    const root = freshRoot();
    for (let n = 0; n < 50; n++) mkdirSync(join(root, `d${n}`, 'x'), { recursive: true });
    const script = `
      const { watching } = await import(process.argv[1]);
      const told = [];
      await watching.watch(process.argv[2], (hint) => told.push(hint)).catch((error) => {
        console.log(error.code, error.message);
      });`;
    const own = [
      '--input-type=module',
      '-e',
      script,
      join(import.meta.dirname, 'watching.ts'),
      root,
    ];
    // In a namespace of users of its own a limit binds this test alone.
    const { stdout, stderr } = spawnSync(
      'unshare',
      [
        '--user',
        '--map-root-user',
        'sh',
        '-c',
        'echo 20 > /proc/sys/user/max_inotify_watches; exec "$@"',
        'sh',
        process.execPath,
        ...own,
      ],
      { encoding: 'utf8' },
    );
    assert.match(stdout, /^watch-impossible .*max_user_watches/, stderr);
  });

  test('a folder nobody may read does not keep the others from being watched', async () => {
    const root = freshRoot();
    mkdirSync(join(root, 'closed', 'x'), { recursive: true });
    const heard = new Hearing();
    spawnSync('chmod', ['000', join(root, 'closed')]);
    const watch = await watching.watch(root, heard.hear);
    writeFileSync(join(root, 'old', 'deep', 'file'), 'x');
    await heard.covers('old/deep/file');
    await watch.close();
    spawnSync('chmod', ['700', join(root, 'closed')]);
  });
}

// Only root may mount.
if (process.platform === 'linux' && process.getuid?.() === 0) {
  test('a disk that lies in the tree keeps all from being told, until it is gone', async () => {
    const root = freshRoot();
    const heard = new Hearing();
    assert.equal(spawnSync('mount', ['-t', 'tmpfs', 'none', join(root, 'old')]).status, 0);
    const watch = await watching.watch(root, heard.hear);
    assert.equal(await watch.isAllTold(), false);
    assert.equal(spawnSync('umount', [join(root, 'old')]).status, 0);
    assert.equal(await watch.isAllTold(), true);
    heard.forget();
    writeFileSync(join(root, 'old', 'deep', 'file'), 'x');
    await heard.covers('old/deep/file');
    await watch.close();
  });
}
