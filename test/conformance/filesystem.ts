// What every disk behind the filesystem port must do. A factory gives an empty folder on it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Filesystem, Folder, OpenFile } from '../../src/ports/filesystem.ts';

export interface DiskUnderTest {
  readonly filesystem: Filesystem;
  /** Absolute path of an empty folder. */
  readonly root: string;
}

const text = (bytes: string) => new TextEncoder().encode(bytes);

export function filesystemConformance(name: string, make: () => DiskUnderTest & Disposable): void {
  const within = (title: string, body: (under: DiskUnderTest, folder: Folder) => void): void => {
    test(title, () => {
      using under = make();
      const folder = under.filesystem.openFolder(under.root);
      try {
        body(under, folder);
      } finally {
        folder.close();
      }
    });
  };

  describe(`${name}: paths`, () => {
    within('what is absent is null, also below a file', ({ filesystem, root }, folder) => {
      write(folder, 'f', 'x');
      assert.equal(filesystem.stat(`${root}/no`), null);
      assert.equal(filesystem.stat(`${root}/f/no`), null);
      assert.equal(folder.stat('no'), null);
    });

    within('a file is put in place whole, and read whole', ({ filesystem, root }) => {
      const path = `${root}/a/b/state`;
      filesystem.makeFolders(`${root}/a/b`);
      filesystem.makeFolders(`${root}/a/b`);
      filesystem.replaceFile(path, text('one'));
      filesystem.replaceFile(path, text('two, longer'));
      assert.deepEqual(new Uint8Array(filesystem.readFile(path)), text('two, longer'));
      assert.ok(filesystem.readFile(path).buffer instanceof SharedArrayBuffer);
      assert.deepEqual(filesystem.list(`${root}/a/b`).names, ['state']);
      filesystem.remove(path);
      filesystem.remove(path);
      assert.equal(filesystem.stat(path), null);
      assert.throws(() => filesystem.readFile(path), { code: 'ENOENT' });
    });

    within('links are not followed but resolved on request', ({ filesystem, root }, folder) => {
      folder.makeFolder('d', 0o755);
      folder.makeLink('l', 'd');
      assert.equal(filesystem.stat(`${root}/l`)?.kind, 'link');
      assert.equal(filesystem.readLink(`${root}/l`), 'd');
      assert.equal(filesystem.realPath(`${root}/l`), `${filesystem.realPath(root)}/d`);
      assert.throws(() => filesystem.openFolder(`${root}/l`), { code: 'ENOTDIR' });
      filesystem.openFolder(`${root}/l/.`).close();
    });

    within('the whole file system is flushed, or it is said that it cannot be', (under) => {
      assert.equal(typeof under.filesystem.flush(under.root), 'boolean');
      assert.equal(under.filesystem.flush(`${under.root}/no/such`), false);
      assert.ok((under.filesystem.freeBytes(under.root) ?? 1) > 0);
      assert.equal(under.filesystem.freeBytes(`${under.root}/no/such`), null);
    });
  });

  describe(`${name}: an open folder`, () => {
    within('holds files, folders and links, and lists them', (_, folder) => {
      write(folder, 'f', 'hello');
      folder.makeFolder('d', 0o750);
      folder.makeLink('l', '../elsewhere');
      assert.deepEqual(new Set(folder.list().names), new Set(['f', 'd', 'l']));
      assert.equal(folder.stat('f')?.size, 5);
      assert.equal(folder.stat('d')?.kind, 'directory');
      assert.equal(folder.readLink('l'), '../elsewhere');
      folder.unlink('l');
      folder.unlink('f');
      folder.removeFolder('d');
      assert.deepEqual(folder.list().names, []);
    });

    within('refuses names that lead out of it (NM-08)', (_, folder) => {
      for (const name of ['', '.', '..', 'a/b', '/etc', '../x', 'nul\0byte']) {
        assert.throws(() => folder.createFile(name, 0o600), name);
        assert.throws(() => folder.stat(name), name);
        assert.throws(() => folder.makeFolder(name, 0o700), name);
      }
    });

    within('FS-15 creates, links and copies only where nothing is', (_, folder) => {
      write(folder, 'f', 'one');
      write(folder, 'g', 'two');
      assert.throws(() => folder.createFile('g', 0o600), { code: 'EEXIST' });
      assert.throws(() => folder.link('f', folder, 'g'), { code: 'EEXIST' });
      assert.throws(() => folder.copyFile('f', folder, 'g'), { code: 'EEXIST' });
      assert.throws(() => folder.makeFolder('g', 0o700), { code: 'EEXIST' });
      assert.throws(() => folder.makeLink('g', 'x'), { code: 'EEXIST' });
      assert.equal(read(folder, 'g'), 'two');
    });

    within('renames over what is there, and into another folder', (_, folder) => {
      folder.makeFolder('d', 0o755);
      const inner = folder.open('d');
      write(folder, 'f', 'one');
      write(inner, 'g', 'two');
      folder.rename('f', inner, 'g');
      assert.equal(read(inner, 'g'), 'one');
      inner.link('g', folder, 'h');
      assert.equal(folder.stat('h')?.links, 2);
      inner.copyFile('g', folder, 'i');
      assert.equal(read(folder, 'i'), 'one');
      assert.equal(folder.stat('f'), null);
      assert.throws(() => folder.removeFolder('d'), { code: 'ENOTEMPTY' });
      inner.close();
    });

    within('MT-3 goes on to mean the same folder after a link took its place', (under, folder) => {
      folder.makeFolder('d', 0o755);
      folder.makeFolder('outside', 0o755);
      const held = folder.open('d');
      folder.rename('d', folder, 'moved');
      folder.makeLink('d', 'outside');
      try {
        write(held, 'f', 'x');
      } catch (error) {
        // Where folders cannot be held, it is noticed instead.
        assert.match(String(error), /ENOENT/);
      }
      assert.deepEqual(under.filesystem.list(`${under.root}/outside`).names, []);
      assert.throws(() => folder.open('d'), { code: 'ENOTDIR' });
      held.close();
    });

    within('MT-3 several names at once lead there or nowhere, past no link', (under, folder) => {
      under.filesystem.makeFolders(`${under.root}/a/b/c`);
      under.filesystem.makeFolders(`${under.root}/outside/b/c`);
      write(folder.open('a').open('b').open('c'), 'f', 'x');
      // A disk need not be able to; it may also not be sure.
      const reach = (path: string) => folder.reach?.(path) ?? null;
      const found = reach('a/b/c');
      assert.deepEqual(found?.list().names ?? ['f'], ['f']);
      found?.close();
      for (const path of ['a/b/no', 'a/b/c/f', 'a/../a', 'a/./b', 'a//b', '/a', '..', 'a/b/..']) {
        assert.equal(reach(path), null, path);
      }
      folder.open('a').rename('b', folder, 'moved');
      for (const target of ['../outside/b', '../moved', `${under.root}/outside/b`]) {
        folder.open('a').makeLink('b', target);
        assert.equal(reach('a/b/c'), null, target);
        assert.equal(reach('a/b'), null, target);
        folder.open('a').unlink('b');
      }
    });

    within('shares the blocks of a file, or says that it cannot and makes nothing', (_, folder) => {
      write(folder, 'f', 'content');
      folder.makeLink('l', 'f');
      const shared = folder.shareFile?.('f', folder, 'copy') ?? false;
      assert.equal(folder.stat('copy')?.size ?? null, shared ? 7 : null);
      if (folder.shareFile === undefined) return;
      assert.throws(() => folder.shareFile?.('l', folder, 'other'));
      assert.throws(() => folder.shareFile?.('no', folder, 'other'), { code: 'ENOENT' });
    });

    within('MT-1 opens nothing but regular files, and follows no link', (_, folder) => {
      write(folder, 'f', 'x');
      folder.makeFolder('d', 0o755);
      folder.makeLink('l', 'f');
      assert.throws(() => folder.openFile('d'));
      assert.throws(() => folder.openFile('l'));
      assert.throws(() => folder.editFile('l'));
      assert.throws(() => folder.copyFile('l', folder, 'copy'));
      assert.throws(() => folder.openFile('no'), { code: 'ENOENT' });
    });

    within('sets modes of the entry itself, never of what a link leads to', (_, folder) => {
      write(folder, 'f', 'x');
      folder.makeFolder('d', 0o700);
      folder.makeLink('l', 'f');
      folder.setMode('f', 0o640);
      folder.setMode('d', 0o751);
      assert.equal(folder.stat('f')?.mode, 0o640);
      assert.equal(folder.stat('d')?.mode, 0o751);
      folder.setMode('f', 0o000);
      folder.setMode('f', 0o444);
      assert.throws(() => folder.setMode('l', 0o777), { code: 'ELOOP' });
      assert.equal(folder.stat('f')?.mode, 0o444);
    });

    within('CK-02 sets times of the entry itself, exactly', (_, folder) => {
      write(folder, 'f', 'x');
      folder.makeLink('l', 'f');
      const before = folder.stat('f')?.mtimeMs;
      folder.setTimes('l', 1_700_000_000_000);
      assert.equal(folder.stat('l')?.mtimeMs, 1_700_000_000_000);
      assert.equal(folder.stat('f')?.mtimeMs, before);
      for (const time of [0, 1, -1000, 4_291_747_200_000]) {
        folder.setTimes('f', time);
        assert.ok(Math.abs((folder.stat('f')?.mtimeMs ?? Number.NaN) - time) < 1, `${time}`);
      }
      // The year 1601: what the file system cannot hold is clamped, not refused.
      folder.setTimes('f', -11_644_473_600_000);
      assert.ok((folder.stat('f')?.mtimeMs ?? 0) < 0);
    });
  });

  describe(`${name}: an open file`, () => {
    within('reads, writes, cuts and syncs at any place', (_, folder) => {
      const file = folder.createFile('f', 0o600);
      assert.equal(file.write(text('hello world'), 11, 0), 11);
      assert.equal(file.write(text('W'), 1, 6), 1);
      file.truncate(8);
      file.setMode(0o604);
      file.setTimes(1_234_567_890_123);
      file.sync();
      const found = file.stat();
      assert.deepEqual([found.kind, found.size, found.mode], ['file', 8, 0o604]);
      assert.equal(found.mtimeMs, 1_234_567_890_123);
      assert.equal(content(file), 'hello Wo');
      file.close();
      const again = folder.editFile('f');
      again.write(text('J'), 1, 0);
      assert.equal(content(again), 'Jello Wo');
      again.close();
    });
  });
}

function write(folder: Folder, name: string, content: string): void {
  const file = folder.createFile(name, 0o644);
  const bytes = text(content);
  file.write(bytes, bytes.length, 0);
  file.close();
}

function read(folder: Folder, name: string): string {
  const file = folder.openFile(name);
  const found = content(file);
  file.close();
  return found;
}

function content(file: OpenFile): string {
  const bytes = new Uint8Array(64);
  return new TextDecoder().decode(bytes.subarray(0, file.read(bytes, 64, 0)));
}
