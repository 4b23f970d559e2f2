// A call on a virtual disk, as whoever looks on is told of it.
import type { Filesystem, Folder } from '../../../src/ports/filesystem.ts';

export interface Call {
  readonly what: keyof Folder | keyof Filesystem | 'write' | 'truncate' | 'read';
  /** Of what it is about; where a rename or link leads. */
  readonly path: string;
  /** Whether it changes what is seen, or what is on disk. */
  readonly effect: 'none' | 'sync' | 'change';
}

/** Told before each call; a POSIX code that it returns makes the call fail. */
export type Bystander = (call: Call) => string | null;

/** Does a call, unless somebody wants it to fail. */
export interface Caller {
  call<Result>(
    what: Call['what'],
    path: string,
    effect: Call['effect'],
    work: () => Result,
  ): Result;
}
