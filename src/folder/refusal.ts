// Why one transition was not carried out, as a code of the catalogue. What the disk says in POSIX
// words is translated here and nowhere else.
import type { CatalogueCode } from '../model/catalogue.ts';
import type { Signature } from './core/entry.ts';
import { errnoOf } from './held.ts';

export type RefusalCode = Extract<CatalogueCode, `folder-${string}`>;

/** Thrown when a check before a change fails: nothing was done, or what was done is undone. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string = code) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Thrown where something had left its place already, and is back there. */
export class Restored extends Error {
  readonly signature: Signature;

  constructor(cause: unknown, signature: Signature) {
    super(reasonOf(cause), { cause });
    this.name = 'Restored';
    this.signature = signature;
  }
}

const byErrno: Readonly<Record<string, RefusalCode>> = {
  EACCES: 'folder-refused',
  EBUSY: 'folder-busy',
  EDQUOT: 'folder-full',
  EEXIST: 'folder-target-appeared',
  ELOOP: 'folder-way-blocked',
  EMLINK: 'folder-way-blocked',
  ENAMETOOLONG: 'folder-name-too-long',
  ENOENT: 'folder-way-missing',
  ENOSPC: 'folder-full',
  ENOTDIR: 'folder-way-blocked',
  ENOTEMPTY: 'folder-not-empty',
  EPERM: 'folder-refused',
  EROFS: 'folder-read-only',
  ETXTBSY: 'folder-busy',
};

export function refusalCode(thrown: unknown): RefusalCode {
  if (thrown instanceof Restored) return refusalCode(thrown.cause);
  if (thrown instanceof Refusal) return thrown.code;
  return byErrno[errnoOf(thrown)] ?? 'folder-disk-failed';
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** A disk without permissions keeps its own (FS-22). */
export function unlessRefused(setMode: () => void): void {
  try {
    setMode();
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EPERM' && errnoOf(thrown) !== 'ENOTSUP') throw thrown;
  }
}
