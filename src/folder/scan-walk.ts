// The part of a scan that knows no baseline: what one entry on disk is, and new folders with all that
// is in them.
import { errorCatalogue } from '../model/catalogue.ts';
import { syncError } from '../model/error.ts';
import type { Filesystem, Listing, Stat } from '../ports/filesystem.ts';
import { ignoreFileName } from './core/ignore.ts';
import { NameSummer } from './core/name-sum.ts';
import { reservedName } from './core/path.ts';
import type { ScanCounts, ScanPacker } from './core/scan-result.ts';
import type { Meter } from './meter.ts';
import type { MetRules } from './scan-ignore.ts';

export interface WalkParts {
  readonly filesystem: Filesystem;
  readonly root: string;
  /** Of the root; other devices are not crossed into (FS-20). */
  readonly device: number;
  readonly packer: ScanPacker;
  readonly rules: MetRules;
  readonly meter: Meter;
  /** What changed later than this by the wall clock is racy. */
  readonly racyBeforeMs: number;
}

type SeenProblem =
  | 'folder-unreadable'
  | 'folder-special'
  | 'folder-name-unreadable'
  | 'folder-other-disk'
  | 'folder-changing';

/** How many entries go by between two looks at the meter. */
const meterStep = 1024;

export class Walk {
  readonly parts: WalkParts;
  rulesChanged = false;
  entries = 0;
  bytes = 0;
  linked = 0;
  #ignored = 0;
  #listed = 0;
  #told = 0;
  readonly #folders: { readonly path: string; readonly before: Stat }[] = [];

  constructor(parts: WalkParts) {
    this.parts = parts;
  }

  counts(): ScanCounts {
    const { entries, bytes, linked } = this;
    return { entries, bytes, linked, ignored: this.#ignored, listed: this.#listed };
  }

  /** Where the disk has a path of ours. */
  absolute(path: string): string {
    return path === '' ? this.parts.root : `${this.parts.root}/${path}`;
  }

  /** Null when absent; `failed` when the system would not say, and then that is reported. */
  stat(path: string): Stat | null | 'failed' {
    return this.statIn(this.absolute(path), path, '');
  }

  /** The same of `absolute`, which is `prefix` and `name`: put together only if it must be told. */
  statIn(absolute: string, prefix: string, name: string): Stat | null | 'failed' {
    try {
      return this.parts.filesystem.stat(absolute);
    } catch (error) {
      this.unknown(prefix + name, 'folder-unreadable', reasonOf(error));
      return 'failed';
    }
  }

  /** The names in a folder, sorted, or null, and then that is reported (FS-07). */
  list(path: string): Listing | null {
    this.tell();
    this.#listed++;
    try {
      const { names, unreadable } = this.parts.filesystem.list(this.absolute(path));
      for (const name of unreadable) {
        const full = path === '' ? name : `${path}/${name}`;
        this.parts.packer.problem(
          full,
          'folder-name-unreadable',
          sentence('folder-name-unreadable', full),
        );
      }
      if (!names.includes(ignoreFileName)) this.parts.rules.none(path);
      return { names: [...names].sort(byUnits), unreadable };
    } catch (error) {
      this.unknown(path, 'folder-unreadable', reasonOf(error));
      return null;
    }
  }

  unknown(path: string, code: SeenProblem, reason = ''): void {
    this.parts.packer.unknown(path, code, sentence(code, path, reason));
  }

  isRacy(found: Stat): boolean {
    return !(found.ctimeMs <= this.parts.racyBeforeMs);
  }

  /** Everything in the new folders met so far, without recursion (FS-23). */
  newFolders(): void {
    for (let next = this.#folders.pop(); next !== undefined; next = this.#folders.pop()) {
      this.#readNew(next.path, next.before);
    }
  }

  /** `before`: as it was when it was met, before its names are read. */
  #readNew(path: string, before: Stat): void {
    const listing = this.list(path);
    if (listing === null) return;
    const prefix = path === '' ? '' : `${path}/`;
    const summer = new NameSummer();
    for (const name of listing.names) {
      if (this.newName(prefix + name)) summer.add(name);
    }
    this.listed(path, before, listing, summer);
  }

  /** Reports a name the baseline does not have. False: the rules leave it out. */
  newName(path: string): boolean {
    if (path === reservedName) return false;
    const found = this.stat(path);
    if (found === 'failed') return true;
    if (found === null) {
      this.unknown(path, 'folder-changing');
      return true;
    }
    if (this.parts.rules.ignores(path, found.kind === 'directory')) {
      this.#ignored++;
      return false;
    }
    this.count(found);
    this.present(path, found);
    return true;
  }

  ignoredKnown(path: string): void {
    this.#ignored++;
    this.parts.packer.ignored(path);
  }

  /** Reports what stands at a path; newFolders goes on with what is in it. */
  present(path: string, found: Stat): void {
    const { packer, device } = this.parts;
    if (found.kind === 'other') {
      this.unknown(path, 'folder-special');
    } else if (found.kind === 'link') {
      this.#link(path, found);
    } else if (found.kind === 'directory' && found.device !== device) {
      this.unknown(path, 'folder-other-disk');
    } else {
      packer.present(path, found, null, this.isRacy(found));
      if (found.kind === 'directory') this.#folders.push({ path, before: found });
    }
  }

  /** The root of a side that has no baseline. */
  newRoot(root: Stat): void {
    this.#folders.push({ path: '', before: root });
    this.newFolders();
    this.tell();
  }

  #link(path: string, found: Stat): void {
    try {
      const target = this.parts.filesystem.readLink(this.absolute(path));
      this.parts.packer.present(path, found, target, this.isRacy(found));
    } catch (error) {
      this.unknown(path, 'folder-unreadable', reasonOf(error));
    }
  }

  /** A listing proves something if every name was readable and the clock had moved on. */
  listed(path: string, before: Stat, listing: Listing, summer: NameSummer): void {
    if (listing.unreadable.length > 0 || this.isRacy(before)) return;
    const { mtimeMs, ctimeMs, inode } = before;
    const signature = { mtimeMs, ctimeMs, inode };
    this.parts.packer.listing(path, { signature, names: summer.sum() });
  }

  count(found: Stat): void {
    this.entries++;
    if (found.kind === 'file') {
      this.bytes += found.size;
      if (found.links > 1) this.linked++;
    }
    if (this.entries - this.#told >= meterStep) this.tell();
  }

  /** Tells the meter how far it is, and ends the scan if that is asked for. */
  tell(): void {
    const { meter } = this.parts;
    meter.countEntries(this.entries - this.#told);
    this.#told = this.entries;
    if (meter.stopped) throw syncError('folder-stopped');
  }
}

function sentence(code: SeenProblem, path: string, reason = ''): string {
  return errorCatalogue[code].sentence
    .replace('{path}', () => path)
    .replace('{reason}', () => reason);
}

/** As the baseline sorts: by UTF-16 units. */
function byUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
