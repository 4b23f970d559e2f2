// The part of a scan that follows the baseline, folder by folder in its order: parents come first, so
// there is neither recursion nor a list of what is left to do.
import type { Stat } from '../ports/filesystem.ts';
import { type Baseline, findIn, Names } from './core/baseline.ts';
import {
  type Columns,
  flagRacy,
  flagTrusted,
  kindFile,
  kindFolder,
  kindLink,
  kindMask,
  type SideColumns,
} from './core/baseline-layout.ts';
import { carriedModes, type Side } from './core/entry.ts';
import { ignoreFileName } from './core/ignore.ts';
import { NameSummer } from './core/name-sum.ts';
import { reservedName } from './core/path.ts';
import type { Walk } from './scan-walk.ts';

/** What is to be done with a folder of the baseline; without `visit` its parent did not have it. */
const visit = 1;
const list = 2;
const judge = 4;

export interface KnownInput {
  readonly side: Side;
  readonly rulesKey: string;
  readonly trustListings: boolean;
}

/** One place at which a side is looked at; `entry` -1: the baseline has nothing there. */
interface Meeting {
  readonly path: string;
  readonly prefix: string;
  readonly name: string;
  readonly entry: number;
  readonly found: Stat | null;
}

export class KnownWalk {
  readonly #walk: Walk;
  readonly #baseline: Baseline;
  readonly #columns: Columns;
  readonly #own: SideColumns;
  readonly #racy: number;
  readonly #trusted: number;
  readonly #trustListings: boolean;
  readonly #judgeAll: number;
  readonly #names: Names;
  readonly #orders: Uint8Array;
  /** Of folders to visit; forgotten once visited. */
  readonly #paths: string[];

  constructor(walk: Walk, baseline: Baseline, input: KnownInput) {
    this.#walk = walk;
    this.#baseline = baseline;
    this.#columns = baseline.columns;
    this.#own = baseline.columns[input.side];
    this.#racy = flagRacy[input.side];
    this.#trusted = flagTrusted[input.side];
    this.#trustListings = input.trustListings;
    this.#names = new Names(baseline, 'in-order');
    this.#orders = new Uint8Array(baseline.folders);
    this.#paths = Array<string>(baseline.folders).fill('');
    this.#judgeAll = baseline.about.rulesKey === input.rulesKey ? 0 : judge;
  }

  run(): void {
    const root = this.#walk.stat('');
    if (root !== null && root !== 'failed') this.#order(0, root, '', this.#judgeAll);
    this.#visitOrdered();
  }

  /**
   * Looks at these paths and at all below them; the rest is taken to be as it is known. None of them
   * lies below another, and on this side two names are two names however they are written.
   */
  runAt(paths: readonly string[]): void {
    const names = new Names(this.#baseline, 'any-order');
    const told = new Set<string>();
    for (const path of paths) {
      const meeting = this.#meet(path, names);
      if (meeting === null || told.has(meeting.path)) continue;
      told.add(meeting.path);
      this.#tell(meeting);
    }
    this.#walk.newFolders();
    this.#visitOrdered();
  }

  /** The outermost place on the way to a path at which the side is not as known, or the path itself. */
  #meet(path: string, names: Names): Meeting | null {
    const { extra } = this.#columns;
    const parts = path.split('/');
    let folder = 0;
    let prefix = '';
    for (const [at, name] of parts.entries()) {
      const entry = findIn(this.#baseline, folder, name, names);
      const found = this.#walk.stat(prefix + name);
      if (found === 'failed') return null;
      const isThere = entry !== -1 && found !== null && this.#isThatFolder(entry, found);
      if (!isThere || at === parts.length - 1) {
        return { path: prefix + name, prefix, name, entry, found };
      }
      folder = extra[entry] ?? 0;
      prefix += `${name}/`;
    }
    return null;
  }

  #isThatFolder(entry: number, found: Stat): boolean {
    const wasFolder = ((this.#columns.flags[entry] ?? 0) & kindMask) === kindFolder;
    const isFolder = wasFolder && found.kind === 'directory';
    const isSame = found.inode === this.#own.inode[entry];
    return isFolder && isSame && found.device === this.#walk.parts.device;
  }

  #tell({ path, prefix, name, entry, found }: Meeting): void {
    const walk = this.#walk;
    if (entry === -1) {
      if (found !== null) walk.newName(path);
    } else if (found === null) {
      walk.parts.packer.absent(path);
    } else {
      this.#compare(entry, found, prefix, name, 0);
    }
  }

  #visitOrdered(): void {
    const walk = this.#walk;
    for (let folder = 0; folder < this.#baseline.folders; folder++) {
      const order = this.#orders[folder] ?? 0;
      if ((order & visit) === 0) continue;
      const path = this.#paths[folder] ?? '';
      this.#paths[folder] = '';
      if ((order & list) !== 0) this.#readFolder(folder, path, (order & judge) !== 0);
      else this.#askFolder(folder, path);
      walk.newFolders();
    }
    walk.tell();
  }

  /** Names are as known: only each entry is asked for. */
  #askFolder(folder: number, path: string): void {
    const walk = this.#walk;
    const { entries, bytes, linked } = walk;
    const prefix = path === '' ? '' : `${path}/`;
    const absolute = `${walk.absolute(path)}/`;
    const end = this.#columns.first[folder + 1] ?? 0;
    for (let entry = this.#columns.first[folder] ?? 0; entry < end; entry++) {
      const name = this.#names.of(entry, folder);
      const found = walk.statIn(absolute + name, prefix, name);
      if (found === 'failed') continue;
      const rulesMoved = name === ignoreFileName && this.#rulesDiffer(entry, found);
      if (found === null || rulesMoved) {
        // Absence needs a listing, new rules need every name: begin this folder again.
        walk.entries = entries;
        walk.bytes = bytes;
        walk.linked = linked;
        this.#readFolder(folder, path, false);
        return;
      }
      this.#compare(entry, found, prefix, name, 0);
    }
  }

  /** Names are read and matched with those known. */
  #readFolder(folder: number, path: string, judgeNames: boolean): void {
    const walk = this.#walk;
    const before = walk.stat(path);
    if (before === 'failed') return;
    if (before === null) {
      walk.unknown(path, 'folder-changing');
      return;
    }
    // In this order: a name that comes in between makes the signature stale, not the listing.
    const listing = walk.list(path);
    if (listing === null) return;
    const moved = this.#rulesMoved(folder, path, listing.names);
    if (moved) walk.rulesChanged = true;
    const inherited = judgeNames || moved ? judge : 0;
    const summer = this.#match(folder, path, listing.names, inherited);
    walk.listed(path, before, listing, summer);
  }

  #match(folder: number, path: string, found: readonly string[], inherited: number): NameSummer {
    const walk = this.#walk;
    const { first } = this.#columns;
    const prefix = path === '' ? '' : `${path}/`;
    const summer = new NameSummer();
    const end = first[folder + 1] ?? 0;
    let entry = first[folder] ?? 0;
    for (const name of found) {
      let known = entry < end ? this.#names.of(entry, folder) : null;
      while (known !== null && known < name) {
        walk.parts.packer.absent(prefix + known);
        entry++;
        known = entry < end ? this.#names.of(entry, folder) : null;
      }
      if (known === name) {
        if (this.#known(entry, prefix, name, inherited)) summer.add(name);
        entry++;
      } else if (walk.newName(prefix + name)) {
        summer.add(name);
      }
    }
    for (; entry < end; entry++) walk.parts.packer.absent(prefix + this.#names.of(entry, folder));
    return summer;
  }

  /** False: the rules leave it out now. */
  #known(entry: number, prefix: string, name: string, inherited: number): boolean {
    const walk = this.#walk;
    const path = prefix + name;
    if (path === reservedName) return false;
    const found = walk.stat(path);
    if (found === 'failed') return true;
    if (found === null) {
      walk.unknown(path, 'folder-changing');
      return true;
    }
    if (inherited !== 0 && walk.parts.rules.ignores(path, found.kind === 'directory')) {
      walk.ignoredKnown(path);
      return false;
    }
    this.#compare(entry, found, prefix, name, inherited);
    return true;
  }

  #compare(entry: number, found: Stat, prefix: string, name: string, inherited: number): void {
    const walk = this.#walk;
    walk.count(found);
    const kind = (this.#columns.flags[entry] ?? 0) & kindMask;
    if (kind === kindFolder && found.kind === 'directory') {
      this.#compareFolder(entry, found, prefix + name, inherited);
    } else if (!this.#same(entry, found)) {
      walk.present(prefix + name, found);
    }
  }

  /** The signature and what it does not cover; never for a racy one (MT-4). */
  #same(entry: number, found: Stat): boolean {
    const { flags, size } = this.#columns;
    const flag = flags[entry] ?? 0;
    if (!this.#signed(entry, found) || (flag & this.#racy) !== 0) return false;
    switch (flag & kindMask) {
      case kindFile:
        return found.kind === 'file' && found.size === size[entry];
      case kindLink:
        return found.kind === 'link';
      // A number given out again within one step of the clock proves nothing across kinds.
      default:
        return false;
    }
  }

  #signed(entry: number, found: Stat): boolean {
    const { mtime, ctime, inode } = this.#own;
    return (
      found.mtimeMs === mtime[entry] &&
      found.ctimeMs === ctime[entry] &&
      found.inode === inode[entry]
    );
  }

  /** A folder's time is no content: only its mode is, and which names are in it. */
  #compareFolder(entry: number, found: Stat, path: string, inherited: number): void {
    const walk = this.#walk;
    if (found.device !== walk.parts.device) {
      walk.unknown(path, 'folder-other-disk');
      return;
    }
    const modeChanged = (found.mode & carriedModes) !== (this.#columns.mode[entry] ?? 0);
    // Another folder under the name is what a later deletion or move has to expect there.
    const isOther = found.inode !== this.#own.inode[entry];
    if (isOther || (modeChanged && !this.#signed(entry, found)))
      walk.parts.packer.present(path, found, null, false);
    this.#order(entry, found, path, inherited);
  }

  #order(entry: number, found: Stat, path: string, inherited: number): void {
    const trusted = ((this.#columns.flags[entry] ?? 0) & this.#trusted) !== 0;
    const asKnown = this.#trustListings && trusted && inherited === 0 && this.#signed(entry, found);
    const folder = this.#columns.extra[entry] ?? 0;
    this.#orders[folder] = visit | inherited | (asKnown ? 0 : list);
    this.#paths[folder] = path;
  }

  /** Whether the folder's own rules are not those the baseline knows. */
  #rulesMoved(folder: number, path: string, found: readonly string[]): boolean {
    const { first } = this.#columns;
    const end = first[folder + 1] ?? 0;
    let entry = first[folder] ?? 0;
    while (entry < end && this.#names.of(entry, folder) < ignoreFileName) entry++;
    const known = entry < end && this.#names.of(entry, folder) === ignoreFileName;
    if (!found.includes(ignoreFileName)) return known && this.#isFile(entry);
    const now = this.#walk.stat(path === '' ? ignoreFileName : `${path}/${ignoreFileName}`);
    if (now === 'failed') return true;
    return known ? this.#rulesDiffer(entry, now) : now?.kind === 'file';
  }

  /** Only a file can hold rules. */
  #rulesDiffer(entry: number, now: Stat | null): boolean {
    if (!this.#isFile(entry) && now?.kind !== 'file') return false;
    return now === null || !this.#same(entry, now);
  }

  #isFile(entry: number): boolean {
    return ((this.#columns.flags[entry] ?? 0) & kindMask) === kindFile;
  }
}
