// A node of a tree, as scanned and as agreed on. Times are milliseconds as doubles, the way the disk
// port gives them: exact to a quarter of a microsecond, which is also what it can set.

export type Side = 'left' | 'right';
export const sides: readonly Side[] = ['left', 'right'];
export const otherSide = { left: 'right', right: 'left' } as const satisfies Record<Side, Side>;

/** The bits of a mode that travel: set-uid, set-gid and sticky bits stay where they are. */
export const carriedModes = 0o777;

/** What both sides should agree on. */
export type Content = FileContent | FolderContent | LinkContent;

export interface FileContent {
  readonly kind: 'file';
  readonly size: number;
  readonly mtimeMs: number;
  /** Permission bits, 0 to 0o777. */
  readonly mode: number;
  /** SHA-256 in hexadecimal when it had to be computed, else null. */
  readonly digest: string | null;
}

export interface FolderContent {
  readonly kind: 'folder';
  readonly mode: number;
}

export interface LinkContent {
  readonly kind: 'link';
  readonly target: string;
}

/** How one side's disk holds it: enough to see later, without reading, that nothing happened. */
export interface Signature {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  /**
   * Taken so soon after the last change that a later one could bear the same times (MT-4): it proves
   * nothing by itself, the next scan reports the entry again. See signature.ts.
   */
  readonly racy?: true;
}

/** Content as found on one side. */
export type Entry = Content & { readonly signature: Signature };

/**
 * One path on one side, compared with the baseline. `same`: nothing happened since. `absent`: proven
 * by a complete listing. `unknown`: could not be seen; nothing may be decided at or below it (I13).
 */
export type Observation =
  | { readonly state: 'same' }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly problem: Problem }
  | { readonly state: 'present'; readonly entry: Entry };

/** What the baseline holds at a path: the content agreed on, and each side's signature of it. */
export interface BaseEntry {
  readonly content: Content;
  readonly left: Signature;
  readonly right: Signature;
}

/** A path at which at least one side is not as the baseline says. */
export interface Row {
  /** Relative, `/` between names, no leading slash; `''` is the root itself. */
  readonly path: string;
  readonly base: BaseEntry | null;
  readonly left: Observation;
  readonly right: Observation;
}

/** One thing that went wrong on one path, without ending the session. */
export interface Problem {
  readonly path: string;
  readonly side: Side | null;
  /** A code of the catalogue, `folder-…`. */
  readonly code: string;
  readonly text: string;
}
