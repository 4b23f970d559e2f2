import type { World } from '../kept-seeds.ts';

/** A bug, as a change to a file of the source. */
export interface Patch {
  readonly name: string;
  /** Which simulation must find it. */
  readonly world: World | 'crashes';
  /** Within so many seeds. */
  readonly seeds: number;
  /** Numbers of the invariants of which one must be named; none: any. */
  readonly breaks: readonly string[];
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly take: string;
  readonly put: string;
}
