// The rules that leave names out, as met on one side: those of the partnership, and the `.syncignore`
// files, each read when the first new name below it is to be judged.

import type { Filesystem } from '../ports/filesystem.ts';
import { type Ignore, ignoreFileName } from './core/ignore.ts';
import type { RuleFile } from './core/scan-result.ts';

const ignoreFileBytesMax = 1 << 20;

/** The part of the rules that a scan needs. */
export type IgnoreRules = Pick<Ignore, 'add' | 'ignores'>;

export class MetRules {
  readonly #filesystem: Filesystem;
  readonly #root: string;
  readonly #rules: IgnoreRules;
  /** Folders whose rules, and those of all around them, were met. */
  readonly #met = new Set<string>();
  /** Folders that have none, as a listing showed. */
  readonly #bare = new Set<string>();
  readonly files: RuleFile[] = [];

  constructor(filesystem: Filesystem, root: string, rules: IgnoreRules) {
    this.#filesystem = filesystem;
    this.#root = root;
    this.#rules = rules;
  }

  ignores(path: string, isFolder: boolean): boolean {
    this.#meetAll(path);
    return this.#rules.ignores(path, isFolder);
  }

  /** A listing showed that the folder has no rules of its own. */
  none(folder: string): void {
    this.#bare.add(folder);
  }

  /** Outer rules first. */
  #meetAll(path: string): void {
    const cut = path.lastIndexOf('/');
    const folder = cut === -1 ? '' : path.slice(0, cut);
    if (this.#met.has(folder)) return;
    if (folder !== '') this.#meetAll(folder);
    this.#met.add(folder);
    if (this.#bare.delete(folder)) return;
    const text = this.#textIn(folder === '' ? this.#root : `${this.#root}/${folder}`);
    if (text === null) return;
    this.#rules.add(folder, text);
    this.files.push({ folder, text });
  }

  /** Null when there is none; one that cannot be read, or is no file, rules nothing. */
  #textIn(folder: string): string | null {
    const found = this.#filesystem.stat(`${folder}/${ignoreFileName}`);
    if (found?.kind !== 'file' || found.size > ignoreFileBytesMax) return null;
    try {
      return this.#readIn(folder, found.size);
    } catch {
      return null;
    }
  }

  #readIn(folder: string, size: number): string {
    const held = this.#filesystem.openFolder(folder);
    try {
      const file = held.openFile(ignoreFileName);
      try {
        const bytes = new Uint8Array(size);
        const length = file.read(bytes, size, 0);
        return new TextDecoder().decode(bytes.subarray(0, length));
      } finally {
        file.close();
      }
    } finally {
      held.close();
    }
  }
}
