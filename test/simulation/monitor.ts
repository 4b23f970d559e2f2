// What the engine does to a disk, looked at step by step while it does it: I2, I5 and I16 of reliability
// 3.1 are about every moment, and not only about how it ends.
import type { Side } from '../../src/folder/core/entry.ts';
import { isReserved, parentOf } from '../../src/folder/core/path.ts';
import { type Disks, halfOf } from '../support/tree-apply.ts';
import type { Step } from '../support/tree-disk.ts';
import { Violation } from './violation.ts';

/** By path, the token both sides held when they last agreed; null when nobody can tell any more. */
export type Agreed = ReadonlyMap<string, string | null>;

/** Whether the token may be another one than was agreed on. */
export function isEdited(agreed: Agreed, path: string, token: string): boolean {
  const was = agreed.get(path);
  return was !== null && was !== token;
}

export class Monitor {
  readonly #disks: Disks;
  readonly #agreed: Agreed;
  #first: Violation | null = null;

  constructor(disks: Disks, agreed: Agreed) {
    this.#disks = disks;
    this.#agreed = agreed;
  }

  /** What the steps are told to; the first wrong one is kept. */
  readonly watch = (side: Side, step: Step): void => {
    if (isReserved(step.path)) return;
    this.#first ??= this.#half(side, step) ?? this.#overwritten(side, step);
    this.#first ??= this.#homeless(side, step);
  };

  /** Throws what was seen. */
  check(): void {
    if (this.#first !== null) throw this.#first;
  }

  /** I2: nobody ever sees a part of a file. */
  #half(side: Side, { path }: Step): Violation | null {
    const token = this.#disks[side].get(path)?.token ?? '';
    const isHalf = token.startsWith(halfOf(''));
    return isHalf ? new Violation('I2', `${side} ${path} holds ${token}`) : null;
  }

  /** I5: what goes was agreed on, or is in the trash already. */
  #overwritten(side: Side, { path, was }: Step): Violation | null {
    if (was?.kind !== 'file' || !isEdited(this.#agreed, path, was.token)) return null;
    if (this.#disks[side].trash.has(was.token)) return null;
    return new Violation('I5', `${side} ${path} lost ${was.token}`);
  }

  /** I16: what came has a folder above it, all the way up. */
  #homeless(side: Side, { path, kind }: Step): Violation | null {
    if (kind === 'remove') return null;
    for (let at = parentOf(path); at !== null; at = parentOf(at)) {
      if (this.#disks[side].get(at)?.kind === 'folder') continue;
      return new Violation('I16', `${side} ${path} is not in a folder`);
    }
    return null;
  }
}
