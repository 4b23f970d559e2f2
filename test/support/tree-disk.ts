// A folder tree in memory that behaves like a disk where it matters to synchronizing: inodes that stay
// with a node and are given out again, change times, and the things a poor file system cannot hold.
import type { Content, Entry, Signature } from '../../src/folder/core/entry.ts';
import { joined, nameOf, parentOf } from '../../src/folder/core/path.ts';
import type { Abilities } from '../../src/folder/core/plan.ts';

export interface TreeNode {
  kind: 'file' | 'folder' | 'link';
  /** What a person wrote; a link's target. Empty for folders. */
  token: string;
  mode: number;
  mtimeMs: number;
  ctimeMs: number;
  inode: number;
  children: Map<string, TreeNode>;
}

/** What changed at one path, told right after; `was` is what stood there before. */
export interface Step {
  readonly kind: 'put' | 'write' | 'remove' | 'move';
  readonly path: string;
  readonly was: Pick<TreeNode, 'kind' | 'token'> | null;
}

export class TreeDisk {
  readonly abilities: Abilities;
  /** Told of every step while it is set. */
  watcher: ((step: Step) => void) | null = null;
  readonly root: TreeNode;
  /** Tokens that went to the trash. */
  readonly trash = new Set<string>();
  #clock: number;
  #nextInode: number;
  #freed: number[];

  constructor(abilities: Abilities, clock: number, firstInode: number) {
    this.abilities = abilities;
    this.#clock = clock;
    this.#nextInode = firstInode;
    this.#freed = [];
    this.root = this.#node('folder', '', 0o755);
  }

  /** Another disk with the same content, to try something on. */
  clone(): TreeDisk {
    const copy = new TreeDisk(this.abilities, this.#clock, this.#nextInode);
    Object.assign(copy.root, this.root, { children: copyChildren(this.root) });
    copy.#clock = this.#clock;
    copy.#nextInode = this.#nextInode;
    copy.#freed = [...this.#freed];
    for (const token of this.trash) copy.trash.add(token);
    return copy;
  }

  get(path: string): TreeNode | null {
    if (path === '') return this.root;
    let node: TreeNode | undefined = this.root;
    for (const name of path.split('/')) {
      node = node.kind === 'folder' ? node.children.get(name) : undefined;
      if (node === undefined) return null;
    }
    return node;
  }

  /** Every path but the root, folders before their content. */
  paths(): string[] {
    const found: string[] = [];
    walk('', this.root, found);
    return found;
  }

  put(path: string, kind: TreeNode['kind'], token: string, mode: number): TreeNode {
    const parent = this.#parent(path);
    const node = this.#node(kind, token, mode);
    parent.children.set(nameOf(path), node);
    this.#touchFolder(parent);
    this.watcher?.({ kind: 'put', path, was: null });
    return node;
  }

  write(path: string, node: TreeNode, token: string): void {
    const was = { kind: node.kind, token: node.token };
    node.token = token;
    node.mtimeMs = this.#tick();
    node.ctimeMs = node.mtimeMs;
    this.watcher?.({ kind: 'write', path, was });
  }

  setMode(node: TreeNode, mode: number): void {
    if (this.abilities.modes) node.mode = mode;
    node.ctimeMs = this.#tick();
  }

  setTime(node: TreeNode, mtimeMs: number): void {
    node.mtimeMs = this.#coarse(mtimeMs);
    node.ctimeMs = this.#tick();
  }

  remove(path: string): TreeNode {
    const parent = this.#parent(path);
    const node = parent.children.get(nameOf(path));
    if (node === undefined) throw new Error(`nothing at ${path}`);
    parent.children.delete(nameOf(path));
    this.#touchFolder(parent);
    this.#free(node);
    this.watcher?.({ kind: 'remove', path, was: node });
    return node;
  }

  move(from: string, to: string): void {
    if (`${to}/`.startsWith(`${from}/`)) throw new Error(`${from} cannot go into itself, ${to}`);
    const source = this.#parent(from);
    const node = source.children.get(nameOf(from));
    const target = this.#parent(to);
    if (node === undefined || target.children.has(nameOf(to))) throw new Error(`${from} to ${to}`);
    source.children.delete(nameOf(from));
    target.children.set(nameOf(to), node);
    this.#touchFolder(source);
    this.#touchFolder(target);
    node.ctimeMs = this.#tick();
    this.watcher?.({ kind: 'move', path: to, was: null });
  }

  now(): number {
    return this.#tick();
  }

  #parent(path: string): TreeNode {
    const parent = this.get(parentOf(path) ?? '');
    if (parent?.kind !== 'folder') throw new Error(`no folder for ${path}`);
    return parent;
  }

  #node(kind: TreeNode['kind'], token: string, mode: number): TreeNode {
    const time = this.#tick();
    const held = this.abilities.modes ? mode : kind === 'folder' ? 0o777 : 0o666;
    const inode = this.#freed.pop() ?? this.#nextInode++;
    return {
      kind,
      token,
      mode: held,
      mtimeMs: time,
      ctimeMs: time,
      inode,
      children: new Map(),
    };
  }

  #free(node: TreeNode): void {
    for (const child of node.children.values()) this.#free(child);
    this.#freed.push(node.inode);
  }

  #touchFolder(folder: TreeNode): void {
    folder.mtimeMs = this.#tick();
    folder.ctimeMs = folder.mtimeMs;
  }

  #tick(): number {
    this.#clock += 1 + this.abilities.timeStepMs;
    return this.#coarse(this.#clock);
  }

  #coarse(timeMs: number): number {
    const step = this.abilities.timeStepMs;
    return step < 1 ? timeMs : Math.floor(timeMs / step) * step;
  }
}

function walk(path: string, node: TreeNode, found: string[]): void {
  for (const name of [...node.children.keys()].sort(byText)) {
    const below = joined(path, name);
    found.push(below);
    const child = node.children.get(name);
    if (child !== undefined) walk(below, child, found);
  }
}

function copyChildren(node: TreeNode): Map<string, TreeNode> {
  const children = new Map<string, TreeNode>();
  for (const [name, child] of node.children) {
    children.set(name, { ...child, children: copyChildren(child) });
  }
  return children;
}

/** Few sizes, so that different content often has the same one. */
export function sizeOf(token: string): number {
  return token === '' ? 0 : 1 + (token.charCodeAt(token.length - 1) % 3);
}

export function signatureOf({ mtimeMs, ctimeMs, inode }: TreeNode): Signature {
  return { mtimeMs, ctimeMs, inode };
}

function contentOf(node: TreeNode, withDigest = false): Content {
  if (node.kind === 'folder') return { kind: 'folder', mode: node.mode };
  if (node.kind === 'link') return { kind: 'link', target: node.token };
  return {
    kind: 'file',
    size: sizeOf(node.token),
    mtimeMs: node.mtimeMs,
    mode: node.mode,
    digest: withDigest ? `digest of ${node.token}` : null,
  };
}

export function entryOf(node: TreeNode, withDigest = false): Entry {
  return { ...contentOf(node, withDigest), signature: signatureOf(node) };
}

/** The order of the rows: a folder before its content. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
