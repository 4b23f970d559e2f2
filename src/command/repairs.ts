// Repairs that a program asked for while it worked. Its next dry run may not know of them, so they are
// remembered beside its state until one has been carried out.
import type { ItemId } from '../model/item.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { shortHash } from '../stdx/short-hash.ts';

export class Repairs {
  readonly #filesystem: Filesystem;
  readonly #folder: string;

  constructor(filesystem: Filesystem, folder: string) {
    this.#filesystem = filesystem;
    this.#folder = folder;
  }

  /** What it said, or null when nothing is to be repaired. */
  wanted(item: ItemId): string | null {
    const path = this.#path(item);
    if (this.#filesystem.stat(path) === null) return null;
    return new TextDecoder().decode(Uint8Array.from(this.#filesystem.readFile(path)));
  }

  remember(item: ItemId, text: string): void {
    this.#filesystem.replaceFile(this.#path(item), new TextEncoder().encode(text));
  }

  forget(item: ItemId): void {
    this.#filesystem.remove(this.#path(item));
  }

  #path(item: ItemId): string {
    return `${this.#folder}/repair-${shortHash(item)}`;
  }
}
