// A virtual disk as the person at it sees it: paths and tokens instead of handles and bytes.
import { joined, nameOf, parentOf } from '../../../src/folder/core/path.ts';
import { byText, type TreeNode } from '../tree-disk.ts';
import type { UserDisk } from '../tree-user.ts';
import { diskError, nodesBelow, type VirtualNode } from './node.ts';
import { contentOf, tokenOf } from './tokens.ts';
import type { Volume } from './volume.ts';

export class View implements UserDisk {
  volume: Volume;
  readonly #now: () => number;
  readonly #sizeOf: (path: string) => number | undefined;
  readonly #shown = new WeakMap<TreeNode, VirtualNode>();

  constructor(volume: Volume, now: () => number, sizeOf: (path: string) => number | undefined) {
    this.volume = volume;
    this.#now = now;
    this.#sizeOf = sizeOf;
  }

  find(path: string): VirtualNode | null {
    let node = this.volume.root;
    for (const name of path === '' ? [] : path.split('/')) {
      const found = node.kind === 'directory' ? this.volume.find(node, name) : null;
      if (found === null) return null;
      node = found.node;
    }
    return node;
  }

  paths(): string[] {
    return [...nodesBelow(this.volume.root)].map(([path]) => path).sort(byText);
  }

  get(path: string): TreeNode | null {
    const node = this.find(path);
    return node === null ? null : this.#show(node);
  }

  #show(node: VirtualNode): TreeNode {
    const { mode, mtimeMs, ctimeMs, inode } = node;
    const kind = node.kind === 'directory' ? 'folder' : node.kind === 'link' ? 'link' : 'file';
    const token = kind === 'file' ? (tokenOf(node.bytes) ?? 'no token') : node.target;
    const children = new Map<string, TreeNode>();
    for (const named of node.names.values()) children.set(named.name, this.#show(named.node));
    const shown: TreeNode = { kind, token, mode, mtimeMs, ctimeMs, inode, children };
    this.#shown.set(shown, node);
    return shown;
  }

  #parent(path: string): VirtualNode {
    const parent = this.find(parentOf(path) ?? '');
    if (parent?.kind !== 'directory') throw diskError('ENOTDIR', path);
    return parent;
  }

  put(path: string, kind: TreeNode['kind'], token: string, mode: number): TreeNode {
    const isLink = kind === 'link' && this.volume.nature.links;
    const made = kind === 'file' ? 'file' : isLink ? 'link' : 'directory';
    const node = this.volume.make(made, mode, isLink ? token : '');
    if (kind === 'file') node.bytes = contentOf(token, this.#sizeOf(path));
    this.volume.change([[this.#parent(path), nameOf(path), node]]);
    return this.#show(node);
  }

  write(path: string, shown: TreeNode, token: string): void {
    const node = this.find(path);
    if (node === null) throw diskError('ENOENT', path);
    node.bytes = contentOf(token, this.#sizeOf(path));
    node.version += 1;
    node.ours = false;
    node.mtimeMs = this.volume.stamp();
    node.ctimeMs = node.mtimeMs;
    shown.token = token;
  }

  remove(path: string): TreeNode {
    const node = this.find(path);
    if (node === null) throw diskError('ENOENT', path);
    const shown = this.#show(node);
    this.#removeAll(path, node);
    return shown;
  }

  #removeAll(path: string, node: VirtualNode): void {
    for (const { name, node: child } of [...node.names.values()]) {
      this.#removeAll(joined(path, name), child);
    }
    this.volume.change([[this.#parent(path), nameOf(path), null]]);
  }

  move(from: string, to: string): void {
    const node = this.find(from);
    if (node === null) throw diskError('ENOENT', from);
    const [source, target] = [this.#parent(from), this.#parent(to)];
    this.volume.change([
      [source, nameOf(from), null],
      [target, nameOf(to), node],
    ]);
  }

  setMode(shown: TreeNode, mode: number): void {
    const node = this.#shown.get(shown);
    if (node === undefined || !this.volume.nature.modes) return;
    node.mode = mode;
    node.ctimeMs = this.volume.stamp();
    shown.mode = mode;
  }

  setTime(shown: TreeNode, mtimeMs: number): void {
    const node = this.#shown.get(shown);
    if (node === undefined) return;
    node.mtimeMs = this.volume.stamp(mtimeMs);
    node.ctimeMs = this.volume.stamp();
  }

  now(): number {
    return this.#now();
  }
}
