// The true disk with a person at its elbow: before each call somebody may look on, change something
// else on the disk, or make the call fail with a POSIX code.
import type { Filesystem, Folder, OpenFile } from '../../src/ports/filesystem.ts';

/** `name` is the last name the call is about; a code makes it fail. */
export type Meddler = (call: keyof Folder | keyof OpenFile | keyof Filesystem, name: string) =>
  | string
  | null
  | undefined;

export function faultyDisk(disk: Filesystem, meddle: Meddler): Filesystem {
  const check = checker(meddle);
  return {
    ...disk,
    openFolder: (path) => {
      check('openFolder', path);
      return wrapFolder(disk.openFolder(path), path.slice(path.lastIndexOf('/') + 1), check);
    },
    replaceFile: (path, content) => {
      check('replaceFile', path);
      disk.replaceFile(path, content);
    },
    flush: (path) => {
      check('flush', path);
      return disk.flush(path);
    },
  };
}

type Check = (call: Parameters<Meddler>[0], name: string) => void;

function checker(meddle: Meddler): Check {
  return (call, name) => {
    const code = meddle(call, name);
    if (!code) return;
    throw Object.assign(new Error(`${code}: made to fail, ${call} ${name}`), { code });
  };
}

const inner = new WeakMap<Folder, Folder>();

function wrapFolder(folder: Folder, own: string, check: Check): Folder {
  const to = (other: Folder) => inner.get(other) ?? other;
  const wrapped: Folder = {
    stat: (name) => (check('stat', name), folder.stat(name)),
    open: (name) => (check('open', name), wrapFolder(folder.open(name), name, check)),
    makeFolder: (name, mode) => (check('makeFolder', name), folder.makeFolder(name, mode)),
    removeFolder: (name) => (check('removeFolder', name), folder.removeFolder(name)),
    openFile: (name) => (check('openFile', name), wrapFile(folder.openFile(name), name, check)),
    editFile: (name) => (check('editFile', name), wrapFile(folder.editFile(name), name, check)),
    createFile: (name, mode) => (
      check('createFile', name), wrapFile(folder.createFile(name, mode), name, check)
    ),
    readLink: (name) => (check('readLink', name), folder.readLink(name)),
    makeLink: (name, target) => (check('makeLink', name), folder.makeLink(name, target)),
    link: (name, other, toName) => (check('link', toName), folder.link(name, to(other), toName)),
    rename: (name, other, toName) => (
      check('rename', toName), folder.rename(name, to(other), toName)
    ),
    unlink: (name) => (check('unlink', name), folder.unlink(name)),
    setMode: (name, mode) => (check('setMode', name), folder.setMode(name, mode)),
    setTimes: (name, mtimeMs) => (check('setTimes', name), folder.setTimes(name, mtimeMs)),
    copyFile: (name, other, toName) => (
      check('copyFile', toName), folder.copyFile(name, to(other), toName)
    ),
    list: () => (check('list', own), folder.list()),
    sync: () => (check('sync', own), folder.sync()),
    close: () => folder.close(),
  };
  inner.set(wrapped, folder);
  return wrapped;
}

function wrapFile(file: OpenFile, name: string, check: Check): OpenFile {
  return {
    read: (buffer, length, position) => (
      check('read', name), file.read(buffer, length, position)
    ),
    write: (buffer, length, position) => (
      check('write', name), file.write(buffer, length, position)
    ),
    stat: () => file.stat(),
    truncate: (size) => (check('truncate', name), file.truncate(size)),
    setTimes: (mtimeMs) => (check('setTimes', name), file.setTimes(mtimeMs)),
    setMode: (mode) => (check('setMode', name), file.setMode(mode)),
    sync: () => (check('sync', name), file.sync()),
    close: () => file.close(),
  };
}
