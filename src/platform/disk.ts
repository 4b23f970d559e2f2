// The disk of this computer behind the filesystem port. Synchronous, for worker threads; no promise
// and no closure per entry.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Filesystem, Folder, Listing, Stat } from '../ports/filesystem.ts';
import { DiskFolder } from './disk-folder.ts';
import { listAt, readLinkAt } from './disk-list.ts';
import { codeOf, statAt } from './disk-stat.ts';

export const disk: Filesystem = {
  stat: (path: string): Stat | null => statAt(path),
  list: (path: string): Listing => listAt(path),
  readLink: (path: string): string => readLinkAt(path),
  openFolder: (path: string): Folder => new DiskFolder(path),
  makeFolders: (path: string): void => void mkdirSync(path, { recursive: true }),
  readFile,
  replaceFile,
  remove,
  realPath: (path: string): string => realpathSync.native(path),
  flush,
  flushAside,
  freeBytes,
};

function readFile(path: string): Uint8Array<SharedArrayBuffer> {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    let done = 0;
    while (done < size) {
      const read = readSync(descriptor, bytes, done, size - done, done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(descriptor);
  }
}

function replaceFile(path: string, content: Uint8Array): void {
  const temporary = `${path}.${process.pid}.new`;
  remove(temporary);
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    let done = 0;
    while (done < content.length) done += writeSync(descriptor, content, done);
    fsyncSync(descriptor);
  } catch (error) {
    closeSync(descriptor);
    remove(temporary);
    throw error;
  }
  closeSync(descriptor);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Windows cannot, and needs not. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** syncfs is out of Node's reach; the tool of the system has it as `sync -f`. */
function flush(path: string): boolean {
  if (process.platform !== 'linux') return false;
  // Loaded late: a thread that only scans starts sooner without.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return spawnSync('sync', ['-f', '--', path], { stdio: 'ignore' }).status === 0;
}

function flushAside(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    spawn('sync', ['-f', '--', path], { stdio: 'ignore' })
      .on('error', () => resolve(false))
      .on('close', (code) => resolve(code === 0));
  });
}

function freeBytes(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return null;
  }
}
