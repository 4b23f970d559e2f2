// What came of one transition.
import type { Content, Signature } from './entry.ts';

/** `left`: not begun, because all was to stop or its side cannot be written any more. */
export type Outcome = Done | Failed | { readonly state: 'left' };

export interface Done {
  readonly state: 'done';
  /** What stands at the path now; null where nothing does. */
  readonly content: Content | null;
  readonly signature: Signature | null;
  /** The entry it was taken from, as it was while being read; null where nothing was read. */
  readonly source: { readonly content: Content; readonly signature: Signature } | null;
  /** Bytes written. */
  readonly bytes: number;
  /** Where the former content went, relative to the root; null where none did. */
  readonly trashed: string | null;
}

export interface Failed {
  readonly state: 'failed';
  /** Of the catalogue, `folder-…`. */
  readonly code: string;
  readonly reason: string;
}
