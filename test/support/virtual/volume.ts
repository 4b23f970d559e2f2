// One file system: nodes, names, and the difference between what everybody sees and what is on disk.
//
// Weaker than any journal in use: a name is on disk once its folder was synced, content once its file
// was, and until then each may be there or not. Only the order of changes within one folder holds, that
// a folder is there before what is in it, and that a rename is one change (OSDI 2014, "All File Systems Are Not Created Equal").
import type { Stat } from '../../../src/ports/filesystem.ts';
import { diskError, type NameChange, type Named, nodesBelow, type VirtualNode } from './node.ts';

export interface Nature {
  readonly caseSensitive: boolean;
  readonly normalizationSensitive: boolean;
  /** Steps of all times. */
  readonly stepMs: number;
  readonly modes: boolean;
  readonly links: boolean;
  /** Whether a file can have several names. */
  readonly hardLinks: boolean;
  readonly nameBytesMax: number;
  /** Whether everything on it can be flushed at once. */
  readonly flushes: boolean;
}

export const posixNature: Nature = {
  caseSensitive: true,
  normalizationSensitive: true,
  stepMs: 1,
  modes: true,
  links: true,
  hardLinks: true,
  nameBytesMax: 255,
  flushes: true,
};

export const fatNature: Nature = {
  caseSensitive: false,
  normalizationSensitive: false,
  stepMs: 2000,
  modes: false,
  links: false,
  hardLinks: false,
  nameBytesMax: 255,
  flushes: true,
};

export class Volume {
  readonly nature: Nature;
  readonly device: number;
  readonly root: VirtualNode;
  /** Changes of names that are not on disk yet, in order. */
  pending: NameChange[] = [];
  readonly #now: () => number;
  #nextInode: number;
  readonly #freed: number[] = [];
  /** Gone, but perhaps not from the disk yet. */
  readonly #loose = new Set<VirtualNode>();

  /** `root`: what an earlier start of the same disk left. */
  constructor(nature: Nature, device: number, now: () => number, root?: VirtualNode) {
    this.nature = nature;
    this.device = device;
    this.#now = now;
    this.#nextInode = root === undefined ? device * 100_000 : highestInode(root) + 1;
    this.root = root ?? this.make('directory', 0o755);
    this.root.links = 1;
  }

  /** The time as this disk can hold it. */
  stamp(ms: number = this.#now()): number {
    const { stepMs } = this.nature;
    return Math.floor(ms / stepMs) * stepMs;
  }

  fold(name: string): string {
    const { caseSensitive, normalizationSensitive } = this.nature;
    const formed = normalizationSensitive ? name : name.normalize('NFC');
    return caseSensitive ? formed : formed.toLowerCase();
  }

  make(kind: VirtualNode['kind'], mode: number, target = ''): VirtualNode {
    const now = this.stamp();
    // Numbers are given out again, as on most disks.
    const inode = this.#freed.pop() ?? this.#nextInode++;
    return {
      kind,
      inode,
      mode: this.nature.modes ? mode : 0o755,
      mtimeMs: now,
      ctimeMs: now,
      links: 0,
      bytes: new Uint8Array(0),
      target,
      names: new Map(),
      synced: null,
      durable: new Map(),
      durableTimes: { mtimeMs: now, ctimeMs: now },
      version: 0,
      ours: false,
    };
  }

  find(folder: VirtualNode, name: string): Named | null {
    return folder.names.get(this.fold(name)) ?? null;
  }

  /** Each part is a name and what it leads to from now on, or null: one change. */
  change(parts: readonly (readonly [VirtualNode, string, VirtualNode | null])[]): void {
    const now = this.stamp();
    const done = parts.map(([folder, name, node]) => {
      const key = this.fold(name);
      const was = folder.names.get(key)?.node ?? null;
      if (was !== null) this.#unlink(was);
      if (node === null) folder.names.delete(key);
      else {
        folder.names.set(key, { name, node });
        node.links += 1;
        node.ctimeMs = now;
      }
      folder.mtimeMs = now;
      folder.ctimeMs = now;
      const to = node === null ? null : { name, node };
      return { folder, key, to, times: { mtimeMs: now, ctimeMs: now } };
    });
    this.pending.push({ parts: done });
  }

  #unlink(node: VirtualNode): void {
    node.links -= 1;
    node.ctimeMs = this.stamp();
    if (node.links === 0) this.#loose.add(node);
  }

  /** What nothing leads to any more, here and on disk, gives its number back. */
  #release(): void {
    if (this.pending.length > 0) return;
    for (const { inode, links } of this.#loose) if (links === 0) this.#freed.push(inode);
    this.#loose.clear();
  }

  syncFile(node: VirtualNode): void {
    const { bytes, mode, mtimeMs, ctimeMs } = node;
    node.synced = { bytes: bytes.slice(), mode, mtimeMs, ctimeMs };
  }

  /** Puts the names of a folder on disk, with what came before them elsewhere. */
  syncFolder(folder: VirtualNode): void {
    const needed = new Set<NameChange>();
    const touched = new Set([folder]);
    for (const change of this.pending.toReversed()) {
      const made = folderMadeBy(change);
      const isNeeded = change.parts.some((part) => touched.has(part.folder));
      if (!isNeeded && (made === null || !touched.has(made))) continue;
      needed.add(change);
      for (const part of change.parts) touched.add(part.folder);
    }
    for (const change of this.pending) if (needed.has(change)) persist(change);
    this.pending = this.pending.filter((change) => !needed.has(change));
    this.#release();
  }

  flush(): void {
    for (const change of this.pending) persist(change);
    this.pending = [];
    this.#release();
    this.#syncAll(this.root);
  }

  #syncAll(folder: VirtualNode): void {
    folder.durableTimes = { mtimeMs: folder.mtimeMs, ctimeMs: folder.ctimeMs };
    for (const { node } of folder.names.values()) {
      if (node.kind === 'directory') this.#syncAll(node);
      else this.syncFile(node);
    }
  }

  statOf(node: VirtualNode): Stat {
    const { kind, mode, inode, links } = node;
    const size = kind === 'link' ? node.target.length : node.bytes.length;
    return {
      kind,
      size,
      mode,
      mtimeMs: this.stamp(node.mtimeMs),
      ctimeMs: this.stamp(node.ctimeMs),
      inode,
      device: this.device,
      links: kind === 'directory' ? 2 : links,
    };
  }

  checkName(name: string): void {
    if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
      throw diskError('EINVAL', `not a name inside a folder: ${name}`);
    }
    if (Buffer.byteLength(name) > this.nature.nameBytesMax) throw diskError('ENAMETOOLONG', name);
  }
}

/** A name that is on disk is in a folder that is: every journal keeps that order. */
export function folderMadeBy({ parts }: NameChange): VirtualNode | null {
  const [part] = parts;
  const isNew = parts.length === 1 && part?.to?.node.kind === 'directory';
  return isNew ? (part.to?.node ?? null) : null;
}

function highestInode(root: VirtualNode): number {
  let highest = root.inode;
  for (const [, { inode }] of nodesBelow(root)) highest = Math.max(highest, inode);
  return highest;
}

function persist({ parts }: NameChange): void {
  for (const { folder, key, to, times } of parts) {
    if (to === null) folder.durable.delete(key);
    else folder.durable.set(key, to);
    folder.durableTimes = times;
  }
}
