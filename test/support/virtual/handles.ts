// A folder or a file of a virtual disk, held open: it stays what it is, wherever its name goes.
import type { Folder, Listing, OpenFile, Stat } from '../../../src/ports/filesystem.ts';
import type { Caller } from './calls.ts';
import { diskError, type VirtualNode } from './node.ts';
import type { Volume } from './volume.ts';

/** A disk from which more is asked than it can hold: the year 1601 is as far back as it goes. */
const timeMin = -2_147_483_648_000;

export class VirtualFolder implements Folder {
  readonly volume: Volume;
  readonly node: VirtualNode;
  readonly #machine: Caller;
  readonly #path: string;

  constructor(machine: Caller, volume: Volume, node: VirtualNode, path: string) {
    this.#machine = machine;
    this.volume = volume;
    this.node = node;
    this.#path = path;
  }

  #call<Result>(
    what: keyof Folder,
    name: string,
    effect: 'none' | 'sync' | 'change',
    work: () => Result,
  ): Result {
    const path = name === '' ? this.#path : `${this.#path}/${name}`;
    return this.#machine.call(what, path, effect, work);
  }

  #get(name: string): VirtualNode {
    const found = this.volume.find(this.node, name);
    if (found === null) throw diskError('ENOENT', `${this.#path}/${name}`);
    return found.node;
  }

  #free(name: string): void {
    this.volume.checkName(name);
    if (this.node.links === 0) throw diskError('ENOENT', this.#path);
    if (this.volume.find(this.node, name) !== null) throw diskError('EEXIST', name);
  }

  #file(name: string): VirtualNode {
    this.volume.checkName(name);
    const node = this.#get(name);
    if (node.kind === 'link') throw diskError('ELOOP', name);
    if (node.kind !== 'file') throw diskError('EINVAL', name);
    return node;
  }

  stat(name: string): Stat | null {
    this.volume.checkName(name);
    return this.#call('stat', name, 'none', () => {
      const found = this.volume.find(this.node, name);
      return found === null ? null : this.volume.statOf(found.node);
    });
  }

  open(name: string): Folder {
    return this.#call('open', name, 'none', () => {
      this.volume.checkName(name);
      const node = this.#get(name);
      if (node.kind !== 'directory') throw diskError('ENOTDIR', name);
      return new VirtualFolder(this.#machine, this.volume, node, `${this.#path}/${name}`);
    });
  }

  makeFolder(name: string, mode: number): void {
    this.#call('makeFolder', name, 'change', () => {
      this.#free(name);
      const node = this.volume.make('directory', mode & 0o7777);
      node.ours = true;
      this.volume.change([[this.node, name, node]]);
    });
  }

  removeFolder(name: string): void {
    this.#call('removeFolder', name, 'change', () => {
      const node = this.#get(name);
      if (node.kind !== 'directory') throw diskError('ENOTDIR', name);
      if (node.names.size > 0) throw diskError('ENOTEMPTY', name);
      this.volume.change([[this.node, name, null]]);
    });
  }

  openFile(name: string): OpenFile {
    return this.#call(
      'openFile',
      name,
      'none',
      () => new VirtualFile(this.#machine, this.volume, this.#file(name), `${this.#path}/${name}`),
    );
  }

  editFile(name: string): OpenFile {
    return this.#call(
      'editFile',
      name,
      'none',
      () => new VirtualFile(this.#machine, this.volume, this.#file(name), `${this.#path}/${name}`),
    );
  }

  createFile(name: string, mode: number): OpenFile {
    return this.#call('createFile', name, 'change', () => {
      this.#free(name);
      const node = this.volume.make('file', mode);
      node.ours = true;
      this.volume.change([[this.node, name, node]]);
      return new VirtualFile(this.#machine, this.volume, node, `${this.#path}/${name}`);
    });
  }

  readLink(name: string): string {
    return this.#call('readLink', name, 'none', () => {
      const { kind, target } = this.#get(name);
      if (kind !== 'link') throw diskError('EINVAL', name);
      return target;
    });
  }

  makeLink(name: string, target: string): void {
    this.#call('makeLink', name, 'change', () => {
      this.#free(name);
      if (!this.volume.nature.links) throw diskError('EPERM', 'no links here');
      const node = this.volume.make('link', 0o777, target);
      node.ours = true;
      this.volume.change([[this.node, name, node]]);
    });
  }

  #other(to: Folder): VirtualFolder {
    const isHere = to instanceof VirtualFolder && to.volume === this.volume;
    if (!isHere) throw diskError('EXDEV', 'another disk');
    return to;
  }

  link(name: string, to: Folder, toName: string): void {
    const target = this.#other(to);
    target.#call('link', toName, 'change', () => {
      const node = this.#file(name);
      target.#free(toName);
      if (!this.volume.nature.hardLinks) throw diskError('EPERM', 'one name a file');
      this.volume.change([[target.node, toName, node]]);
    });
  }

  rename(name: string, to: Folder, toName: string): void {
    const target = this.#other(to);
    target.#call('rename', toName, 'change', () => {
      const node = this.#get(name);
      this.volume.checkName(toName);
      if (target.node.links === 0) throw diskError('ENOENT', toName);
      const there = this.volume.find(target.node, toName)?.node ?? null;
      if (there === node) {
        if (this.node !== target.node || this.volume.fold(name) !== this.volume.fold(toName))
          return;
        this.volume.change([[this.node, name, null]]);
        this.volume.change([[target.node, toName, node]]);
        return;
      }
      refuseReplacing(node, there, toName);
      if (node.kind === 'directory' && contains(node, target.node)) {
        throw diskError('EINVAL', 'into itself');
      }
      this.volume.change([
        [this.node, name, null],
        [target.node, toName, node],
      ]);
    });
  }

  unlink(name: string): void {
    this.#call('unlink', name, 'change', () => {
      const node = this.#get(name);
      if (node.kind === 'directory') throw diskError('EISDIR', name);
      this.volume.change([[this.node, name, null]]);
    });
  }

  setMode(name: string, mode: number): void {
    this.#call('setMode', name, 'change', () => {
      const node = this.#get(name);
      if (node.kind === 'link') throw diskError('ELOOP', name);
      if (!this.volume.nature.modes) throw diskError('EPERM', 'no modes here');
      node.mode = mode & 0o7777;
      node.ctimeMs = this.volume.stamp();
    });
  }

  setTimes(name: string, mtimeMs: number): void {
    this.#call('setTimes', name, 'change', () => {
      const node = this.#get(name);
      node.mtimeMs = this.volume.stamp(Math.max(timeMin, mtimeMs));
      node.ctimeMs = this.volume.stamp();
    });
  }

  copyFile(name: string, to: Folder, toName: string): void {
    if (!(to instanceof VirtualFolder)) throw diskError('EXDEV', 'another disk');
    to.#call('copyFile', toName, 'change', () => {
      const source = this.#file(name);
      to.#free(toName);
      const node = to.volume.make('file', source.mode);
      node.bytes = source.bytes.slice();
      node.ours = true;
      to.volume.change([[to.node, toName, node]]);
    });
  }

  list(): Listing {
    return this.#call('list', '', 'none', () => ({
      names: [...this.node.names.values()].map(({ name }) => name),
      unreadable: [],
    }));
  }

  sync(): void {
    this.#call('sync', '', 'sync', () => this.volume.syncFolder(this.node));
  }

  close(): void {}
}

function refuseReplacing(node: VirtualNode, there: VirtualNode | null, name: string): void {
  if (there === null) return;
  if (there.kind === 'directory' && node.kind !== 'directory') throw diskError('EISDIR', name);
  if (there.kind !== 'directory' && node.kind === 'directory') throw diskError('ENOTDIR', name);
  if (there.names.size > 0) throw diskError('ENOTEMPTY', name);
}

function contains(folder: VirtualNode, other: VirtualNode): boolean {
  if (folder === other) return true;
  return [...folder.names.values()].some(
    ({ node }) => node.kind === 'directory' && contains(node, other),
  );
}

class VirtualFile implements OpenFile {
  readonly #machine: Caller;
  readonly #volume: Volume;
  readonly #node: VirtualNode;
  readonly #path: string;

  constructor(machine: Caller, volume: Volume, node: VirtualNode, path: string) {
    this.#machine = machine;
    this.#volume = volume;
    this.#node = node;
    this.#path = path;
  }

  #call<Result>(
    what: 'read' | 'write' | 'truncate' | 'stat' | 'setTimes' | 'setMode' | 'sync',
    effect: 'none' | 'sync' | 'change',
    work: (node: VirtualNode) => Result,
  ): Result {
    return this.#machine.call(what, this.#path, effect, () => work(this.#node));
  }

  #changed(node: VirtualNode, bytes: Uint8Array): void {
    node.bytes = bytes;
    node.version += 1;
    node.ours = true;
    node.mtimeMs = this.#volume.stamp();
    node.ctimeMs = node.mtimeMs;
  }

  read(buffer: Uint8Array, length: number, position: number): number {
    return this.#call('read', 'none', ({ bytes }) => {
      const piece = bytes.subarray(position, position + length);
      buffer.set(piece);
      return piece.length;
    });
  }

  write(buffer: Uint8Array, length: number, position: number): number {
    return this.#call('write', 'change', (node) => {
      const size = Math.max(node.bytes.length, position + length);
      const bytes = new Uint8Array(size);
      bytes.set(node.bytes);
      bytes.set(buffer.subarray(0, length), position);
      this.#changed(node, bytes);
      return length;
    });
  }

  stat(): Stat {
    return this.#call('stat', 'none', (node) => this.#volume.statOf(node));
  }

  truncate(size: number): void {
    this.#call('truncate', 'change', (node) => {
      const bytes = new Uint8Array(size);
      bytes.set(node.bytes.subarray(0, size));
      this.#changed(node, bytes);
    });
  }

  setTimes(mtimeMs: number): void {
    this.#call('setTimes', 'change', (node) => {
      node.mtimeMs = this.#volume.stamp(Math.max(timeMin, mtimeMs));
      node.ctimeMs = this.#volume.stamp();
    });
  }

  setMode(mode: number): void {
    this.#call('setMode', 'change', (node) => {
      if (!this.#volume.nature.modes) throw diskError('EPERM', 'no modes here');
      node.mode = mode & 0o7777;
      node.ctimeMs = this.#volume.stamp();
    });
  }

  sync(): void {
    this.#call('sync', 'sync', (node) => this.#volume.syncFile(node));
  }

  close(): void {}
}
