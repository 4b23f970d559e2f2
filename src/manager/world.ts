// What runs now, and what it all shares.
import type { RequestId } from '../model/request.ts';
import type { Shared } from './deps.ts';
import type { Part } from './part.ts';
import type { Round } from './round.ts';

export interface World extends Shared {
  /** Sessions from their entry until their handler is released or kept, in order. */
  readonly parts: Set<Part>;
  /** Requests that are being carried out. */
  readonly rounds: Map<RequestId, Round>;
}
