// What came of one transition.
import type { Content, Signature } from './entry.ts';

/** `left`: not begun, because all was to stop or its side cannot be written any more. */
export type Outcome = Done | Failed | Returned | Astray | { readonly state: 'left' };

/** Only what the plan could not know is said: there are as many of these as there are changes. */
export interface Done {
  readonly state: 'done';
  /** Of what stands at the path now; null where nothing does. */
  readonly signature: Signature | null;
  /** Bytes written. */
  readonly bytes: number;
  /** What stands there, and what it was taken from, where the source was not as planned or was digested. */
  readonly read?: {
    readonly content: Content;
    readonly signature: Signature;
  };
  /** Where the former content went, relative to the root. */
  readonly trashed?: string;
}

export interface Failed {
  readonly state: 'failed';
  /** Of the catalogue, `folder-…`. */
  readonly code: string;
  readonly reason: string;
  /** Of what stood there before and does again: taking it away and putting it back moved its change time. */
  readonly restored?: Signature;
  /** It was carried out, and then its names would not get to disk. */
  readonly unsure?: true;
}

/** It had made room for a move that never came, and is back where it was; why is told by that other half. */
export interface Returned {
  readonly state: 'returned';
  readonly restored: Signature;
}

/**
 * It had made room for a move that never came, or stands where another one has to go back to, and the disk
 * would not let it go back: the next run brings it there.
 */
export interface Astray {
  readonly state: 'astray';
}
