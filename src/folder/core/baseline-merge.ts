// Which entries the next baseline has, and in which order, without an object per entry that stays:
// one number each. Old folders keep their order, new ones follow, so a folder always stands before
// what is in it.
import { type Baseline, findEntry, Names } from './baseline.ts';
import { kindFolder, kindMask } from './baseline-layout.ts';
import type { BaseEntry } from './entry.ts';

export type Changes = ReadonlyMap<string, BaseEntry | null>;

/** An entry that comes out of the changes. */
export interface Fresh {
  readonly name: string;
  /** Looked at few times: it may have to be worked out anew each time. */
  readonly base: BaseEntry;
  readonly isFolder: boolean;
  /** For a folder: the old folder whose content it goes on with, or -1. */
  readonly oldFolder: number;
  /** For a folder without an old one: the order in which it was met, else -1. */
  readonly newFolder: number;
}

/** One folder of the next baseline, in their order. */
export interface MergedFolder {
  /** Its number in the old baseline, or -1. */
  readonly old: number;
  /** Whether names came or went, or it is new: then its names are encoded again. */
  readonly renamed: boolean;
  /** Its first entry in `source`. */
  readonly first: number;
}

export interface Merged {
  /** Of each entry: the old entry, or `~index` into `fresh`. */
  readonly source: Int32Array;
  readonly fresh: readonly Fresh[];
  readonly folders: readonly MergedFolder[];
}

const bareRoot: BaseEntry = {
  content: { kind: 'folder', mode: 0o755 },
  left: { mtimeMs: 0, ctimeMs: 0, inode: 0 },
  right: { mtimeMs: 0, ctimeMs: 0, inode: 0 },
};

/**
 * What is below a folder that goes, goes; an entry whose folder is in neither is left out: a
 * baseline may lag, never lead.
 */
export function merge(old: Baseline | null, changes: Changes): Merged {
  return new Merge(old, changes).run();
}

/** Grows; four bytes each. */
class Numbers {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  take(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}

class Merge {
  readonly #old: Baseline | null;
  readonly #root: BaseEntry | null | undefined;
  readonly #byFolder: ReadonlyMap<string, ChangesIn>;
  readonly #source = new Numbers();
  readonly #fresh: Fresh[] = [];
  readonly #folders: MergedFolder[] = [];
  readonly #newFolders: string[] = [];

  constructor(old: Baseline | null, changes: Changes) {
    this.#old = old;
    this.#root = changes.get('');
    this.#byFolder = groupByFolder(changes);
  }

  run(): Merged {
    this.#begin();
    if (this.#old !== null) this.#mergeOldFolders(this.#old);
    // Grows while it is walked.
    for (const path of this.#newFolders) this.#addNewFolder(path);
    return { source: this.#source.take(), fresh: this.#fresh, folders: this.#folders };
  }

  #begin(): void {
    if (this.#old !== null && this.#root == null) {
      this.#source.push(0);
      return;
    }
    const oldFolder = this.#old === null ? -1 : 0;
    if (oldFolder === -1) this.#newFolders.push('');
    const newFolder = oldFolder === -1 ? 0 : -1;
    const base = this.#root ?? bareRoot;
    const isFolder = base.content.kind === 'folder';
    this.#push({ name: '', base, isFolder, oldFolder, newFolder });
  }

  #mergeOldFolders(old: Baseline): void {
    const { first, flags, extra } = old.columns;
    const touched = this.#touched(old);
    const alive = new Uint8Array(old.folders);
    alive[0] = 1;
    const names = new Names(old, 'in-order');
    for (let folder = 0; folder < old.folders; folder++) {
      if (alive[folder] === 0) continue;
      const path = touched.get(folder);
      if (path !== undefined) {
        this.#mergeFolder(old, folder, path, names, alive);
        continue;
      }
      this.#folders.push({ old: folder, renamed: false, first: this.#source.length });
      const end = first[folder + 1] ?? 0;
      for (let entry = first[folder] ?? 0; entry < end; entry++) {
        this.#source.push(entry);
        if (((flags[entry] ?? 0) & kindMask) === kindFolder) alive[extra[entry] ?? 0] = 1;
      }
    }
  }

  /** Old folders with a change directly inside, and their paths. */
  #touched(old: Baseline): Map<number, string> {
    const names = new Names(old, 'any-order');
    const touched = new Map<number, string>();
    for (const path of this.#byFolder.keys()) {
      const folder = findFolder(old, path, names);
      if (folder !== -1) touched.set(folder, path);
    }
    return touched;
  }

  #mergeFolder(old: Baseline, folder: number, path: string, names: Names, alive: Uint8Array): void {
    const { first, flags, extra } = old.columns;
    const changed = sortedByName(this.#byFolder.get(path));
    const start = this.#source.length;
    let renamed = false;
    let next = 0;
    const end = first[folder + 1] ?? 0;
    for (let entry = first[folder] ?? 0; entry < end; entry++) {
      const name = names.of(entry, folder);
      for (; next < changed.length && (changed[next]?.[0] ?? '') < name; next++) {
        renamed = this.#add(path, changed[next], -1) || renamed;
      }
      const oldFolder = ((flags[entry] ?? 0) & kindMask) === kindFolder ? (extra[entry] ?? 0) : -1;
      if (changed[next]?.[0] !== name) {
        this.#source.push(entry);
        if (oldFolder !== -1) alive[oldFolder] = 1;
        continue;
      }
      const stays = this.#add(path, changed[next], oldFolder);
      next++;
      if (!stays) renamed = true;
      else if (oldFolder !== -1 && this.#fresh.at(-1)?.isFolder === true) alive[oldFolder] = 1;
    }
    for (; next < changed.length; next++) {
      renamed = this.#add(path, changed[next], -1) || renamed;
    }
    this.#folders.push({ old: folder, renamed, first: start });
  }

  #addNewFolder(path: string): void {
    this.#folders.push({ old: -1, renamed: true, first: this.#source.length });
    for (const change of sortedByName(this.#byFolder.get(path))) this.#add(path, change, -1);
  }

  /** Whether an entry was added. */
  #add(
    path: string,
    change: readonly [string, BaseEntry | null] | undefined,
    oldFolder: number,
  ): boolean {
    if (change === undefined || change[1] === null) return false;
    const [name, base] = change;
    const isFolder = base.content.kind === 'folder';
    const isNew = isFolder && oldFolder === -1;
    const newFolder = isNew ? this.#newFolders.length : -1;
    if (isNew) this.#newFolders.push(path === '' ? name : `${path}/${name}`);
    this.#push({ name, base, isFolder, oldFolder: isFolder ? oldFolder : -1, newFolder });
    return true;
  }

  #push(fresh: Fresh): void {
    this.#source.push(~this.#fresh.length);
    this.#fresh.push(fresh);
  }
}

function findFolder(old: Baseline, path: string, names: Names): number {
  const entry = findEntry(old, path, names);
  const { flags, extra } = old.columns;
  if (entry === -1 || ((flags[entry] ?? 0) & kindMask) !== kindFolder) return -1;
  return extra[entry] ?? 0;
}

/** What changes directly in a folder: names, and beside them what becomes of each. */
interface ChangesIn {
  readonly names: string[];
  readonly bases: (BaseEntry | null)[];
}

function groupByFolder(changes: Changes): Map<string, ChangesIn> {
  const groups = new Map<string, ChangesIn>();
  for (const [path, base] of changes) {
    if (path === '') continue;
    const cut = path.lastIndexOf('/');
    const folder = cut === -1 ? '' : path.slice(0, cut);
    const group = groups.get(folder) ?? { names: [], bases: [] };
    group.names.push(path.slice(cut + 1));
    group.bases.push(base);
    groups.set(folder, group);
  }
  return groups;
}

function sortedByName(changes: ChangesIn | undefined): (readonly [string, BaseEntry | null])[] {
  const { names, bases } = changes ?? { names: [], bases: [] };
  const pairs = names.map((name, index) => [name, bases[index] ?? null] as const);
  return pairs.sort(([one], [other]) => (one < other ? -1 : 1));
}
