// A folder held open (MT-3). Node has no openat: on Linux `/proc/self/fd/N/name` is one, for every
// call; elsewhere the folder's identity is checked before each call, which leaves a gap of
// microseconds instead of the length of a session.
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import type { Folder, Listing, OpenFile, Stat } from '../ports/filesystem.ts';
import { createFileAt, type DiskFile, openFileAt } from './disk-file.ts';
import { listAt, readLinkAt } from './disk-list.ts';
import { codeOf, diskError, statAt } from './disk-stat.ts';
import { unixTime } from './disk-times.ts';

const linux = process.platform === 'linux';
const windows = process.platform === 'win32';
const openFlags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Opens the name itself, without the right to read it; Linux only, and not among Node's constants. */
const O_PATH = 0o10000000;

/** What systems say where blocks cannot be shared, or not between these two disks. */
const unshareable = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY', 'EXDEV', 'EINVAL']);

export class DiskFolder implements Folder {
  readonly #path: string;
  readonly #base: string;
  readonly #descriptor: number | null;
  readonly #inode: number;
  readonly #device: number;

  /** Throws ENOTDIR when the end of the path is a link or anything but a folder. */
  constructor(path: string) {
    this.#path = path;
    // The flags say the same there, in one call.
    const found = linux ? null : folderAt(path);
    // Windows cannot open a folder as a file.
    this.#descriptor = windows ? null : openSync(path, openFlags);
    const held = this.#descriptor === null ? null : fstatSync(this.#descriptor);
    this.#inode = held?.ino ?? found?.inode ?? 0;
    this.#device = held?.dev ?? found?.device ?? 0;
    this.#base = linux ? `/proc/self/fd/${this.#descriptor}/` : `${path}/`;
  }

  stat(name: string): Stat | null {
    return statAt(this.#at(name));
  }

  open(name: string): Folder {
    return new DiskFolder(this.#at(name));
  }

  /** Whoever led us astray by a link on the way is found out by where the descriptor leads. */
  reach(path: string): Folder | null {
    if (!linux || !isPlain(path)) return null;
    let found: DiskFolder | null = null;
    try {
      const before = this.#place();
      found = new DiskFolder(this.#base + path);
      const isBelow = found.#place() === `${before}/${path}` && this.#place() === before;
      if (isBelow && found.#device === this.#device) return found;
    } catch {
      // Opening it name by name says what is wrong.
    }
    found?.close();
    return null;
  }

  makeFolder(name: string, mode: number): void {
    mkdirSync(this.#at(name), mode);
  }

  removeFolder(name: string): void {
    rmdirSync(this.#at(name));
  }

  openFile(name: string): OpenFile {
    return openFileAt(this.#at(name));
  }

  editFile(name: string): OpenFile {
    return openFileAt(this.#at(name), constants.O_RDWR);
  }

  createFile(name: string, mode: number): OpenFile {
    return createFileAt(this.#at(name), mode);
  }

  readLink(name: string): string {
    return readLinkAt(this.#at(name));
  }

  makeLink(name: string, target: string): void {
    symlinkSync(target, this.#at(name));
  }

  link(name: string, to: Folder, toName: string): void {
    linkSync(this.#at(name), placeIn(to, toName));
  }

  rename(name: string, to: Folder, toName: string): void {
    renameSync(this.#at(name), placeIn(to, toName));
  }

  unlink(name: string): void {
    unlinkSync(this.#at(name));
  }

  setMode(name: string, mode: number): void {
    const path = this.#at(name);
    if (!linux) {
      if (statAt(path)?.kind === 'link') throw diskError('ELOOP', 'is a link', path);
      chmodSync(path, mode);
      return;
    }
    const descriptor = openSync(path, O_PATH | constants.O_NOFOLLOW);
    try {
      if (fstatSync(descriptor).isSymbolicLink()) throw diskError('ELOOP', 'is a link', path);
      chmodSync(`/proc/self/fd/${descriptor}`, mode);
    } finally {
      closeSync(descriptor);
    }
  }

  setTimes(name: string, mtimeMs: number): void {
    lutimesSync(this.#at(name), new Date(), unixTime(mtimeMs));
  }

  copyFile(name: string, to: Folder, toName: string): void {
    this.#copy(name, to, toName, constants.COPYFILE_FICLONE);
  }

  shareFile(name: string, to: Folder, toName: string): boolean {
    try {
      this.#copy(name, to, toName, constants.COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      if (unshareable.has(codeOf(error) ?? '')) return false;
      throw error;
    }
  }

  list(): Listing {
    this.#check();
    return listAt(this.#base);
  }

  sync(): void {
    if (this.#descriptor !== null) fsyncSync(this.#descriptor);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }

  /** Where the system finds the name; also for the other folder of a rename. */
  static at(folder: DiskFolder, name: string): string {
    return folder.#at(name);
  }

  #copy(name: string, to: Folder, toName: string, how: number): void {
    const path = this.#at(name);
    const target = placeIn(to, toName);
    const source: DiskFile = openFileAt(path);
    try {
      const from = linux ? `/proc/self/fd/${source.descriptor}` : path;
      copyFileSync(from, target, constants.COPYFILE_EXCL | how);
    } finally {
      source.close();
    }
  }

  #at(name: string): string {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) {
      throw diskError('EINVAL', 'not a name inside a folder', `${this.#path}/${name}`);
    }
    if (windows && name.includes('\\')) {
      throw diskError('EINVAL', 'not a name inside a folder', `${this.#path}/${name}`);
    }
    this.#check();
    return this.#base + name;
  }

  /** Where the system says that it is now. */
  #place(): string {
    return readlinkSync(this.#base.slice(0, -1));
  }

  #check(): void {
    if (linux) return;
    const now = statAt(this.#path);
    if (now?.kind !== 'directory' || now.inode !== this.#inode || now.device !== this.#device) {
      throw diskError('ENOENT', 'the folder was replaced meanwhile', this.#path);
    }
  }
}

function folderAt(path: string): Stat {
  const found = statAt(path);
  if (found === null) throw diskError('ENOENT', 'no such folder', path);
  if (found.kind !== 'directory') throw diskError('ENOTDIR', 'not a folder', path);
  return found;
}

/** Names only, none of which leads up or nowhere. */
function isPlain(path: string): boolean {
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}

function placeIn(folder: Folder, name: string): string {
  if (folder instanceof DiskFolder) return DiskFolder.at(folder, name);
  throw diskError('EXDEV', 'the other folder is not on a disk', name);
}
