// Writes that no store may take, decided in one place so that every implementation refuses the same
// ones with the same words.
import type { Conflict } from '../../model/conflict.ts';
import { type SyncError, syncError } from '../../model/error.ts';
import type { Phase } from '../../model/session.ts';
import { isEnding } from '../../model/session.ts';

/** Why this session cannot be updated; `phase` is the stored one, null when there is none. */
export function sessionRefusal(id: string, phase: Phase | null): SyncError | null {
  if (phase === null) return syncError('internal', { reason: `session ${id} is not stored` });
  if (!isEnding(phase)) return null;
  return syncError('internal', { reason: `session ${id} has ended and cannot change` });
}

/**
 * Why this conflict cannot be put. `stored` has the same id; `rival` is another that is open over
 * the same subject.
 */
export function conflictRefusal(
  next: Conflict,
  stored: Pick<Conflict, 'version'> | null,
  rival: boolean,
): SyncError | null {
  const current = stored === null || next.version === stored.version + 1;
  const alone = next.state !== 'open' || !rival;
  return current && alone ? null : syncError('conflict-stale', { subject: next.subject });
}

export function duplicate(what: string, id: string): SyncError {
  return syncError('internal', { reason: `${what} ${id} is stored already` });
}
