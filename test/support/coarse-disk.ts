// The true disk as if it were FAT below a folder: names are one in any case and form, times have steps
// of two seconds, there are neither permissions nor links of any kind.
import { join } from 'node:path';
import type { Filesystem, Folder, OpenFile, Stat } from '../../src/ports/filesystem.ts';

export function coarseDisk(disk: Filesystem, top: string): Filesystem {
  const coarse = (path: string) => path === top || path.startsWith(`${top}/`);
  const known = (path: string) => (coarse(path) ? asKnown(disk, top, path) : path);
  return {
    ...disk,
    stat: (path) => (coarse(path) ? coarseStat(disk.stat(known(path))) : disk.stat(path)),
    list: (path) => disk.list(known(path)),
    openFolder: (path) => {
      const folder = disk.openFolder(known(path));
      return coarse(path) ? new CoarseFolder(folder) : folder;
    },
  };
}

/** The path with each name as the disk has it. */
function asKnown(disk: Filesystem, top: string, path: string): string {
  let at = top;
  for (const name of path.slice(top.length).split('/').filter(Boolean)) {
    const names = disk.stat(at)?.kind === 'directory' ? disk.list(at).names : [];
    at = join(at, knownAmong(names, name));
  }
  return at;
}

function knownAmong(names: readonly string[], name: string): string {
  if (names.includes(name)) return name;
  return names.find((each) => fold(each) === fold(name)) ?? name;
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

const stepMs = 2000;

function coarseStat<Found extends Stat | null>(found: Found): Found {
  if (found === null) return found;
  return { ...found, mtimeMs: coarseTime(found.mtimeMs), mode: 0o755, links: 1 };
}

function coarseTime(ms: number): number {
  return ms - (ms % stepMs);
}

function refuse(): never {
  throw Object.assign(new Error('EPERM: not on this disk'), { code: 'EPERM' });
}

class CoarseFolder implements Folder {
  readonly #folder: Folder;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  #known(name: string): string {
    return knownAmong(this.#folder.list().names, name);
  }

  stat(name: string): Stat | null {
    return coarseStat(this.#folder.stat(this.#known(name)));
  }
  open(name: string): Folder {
    return new CoarseFolder(this.#folder.open(this.#known(name)));
  }
  makeFolder(name: string): void {
    this.#folder.makeFolder(this.#known(name), 0o755);
  }
  removeFolder(name: string): void {
    this.#folder.removeFolder(this.#known(name));
  }
  openFile(name: string): OpenFile {
    return coarseFile(this.#folder.openFile(this.#known(name)));
  }
  editFile(name: string): OpenFile {
    return coarseFile(this.#folder.editFile(this.#known(name)));
  }
  createFile(name: string): OpenFile {
    return coarseFile(this.#folder.createFile(this.#known(name), 0o755));
  }
  readLink(name: string): string {
    return this.#folder.readLink(name);
  }
  makeLink(): void {
    refuse();
  }
  link(): void {
    refuse();
  }
  rename(name: string, to: Folder, toName: string): void {
    const from = this.#known(name);
    const target = to instanceof CoarseFolder ? to : null;
    // To another spelling of itself.
    const same = target?.stat(toName)?.inode === this.#folder.stat(from)?.inode;
    const goal = target === null || same ? toName : target.#known(toName);
    this.#folder.rename(from, target === null ? to : target.#folder, goal);
  }
  unlink(name: string): void {
    this.#folder.unlink(this.#known(name));
  }
  setMode(): void {
    refuse();
  }
  setTimes(name: string, mtimeMs: number): void {
    this.#folder.setTimes(this.#known(name), coarseTime(mtimeMs));
  }
  copyFile(name: string, to: Folder, toName: string): void {
    const target = to instanceof CoarseFolder ? to.#folder : to;
    this.#folder.copyFile(this.#known(name), target, toName);
  }
  list() {
    return this.#folder.list();
  }
  sync(): void {
    this.#folder.sync();
  }
  close(): void {
    this.#folder.close();
  }
}

function coarseFile(file: OpenFile): OpenFile {
  return {
    read: (buffer, length, position) => file.read(buffer, length, position),
    write: (buffer, length, position) => file.write(buffer, length, position),
    stat: () => coarseStat(file.stat()),
    truncate: (size) => file.truncate(size),
    setTimes: (mtimeMs) => file.setTimes(coarseTime(mtimeMs)),
    setMode: () => refuse(),
    sync: () => file.sync(),
    close: () => file.close(),
  };
}
