// A session has ended: where its partnership stands now, written with the end of the session.
import type { EventDraft } from '../model/event.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Session, SessionResult } from '../model/session.ts';
import type { Standing } from '../model/standing.ts';
import { afterSession } from '../record/core/standing.ts';
import { retryAt } from '../trigger/core/backoff.ts';
import type { Shared } from './deps.ts';

export async function standAfter(
  { deps }: Shared,
  { id, terms }: Partnership,
  session: Session,
  result: SessionResult,
): Promise<Standing> {
  const { store, clock, random } = deps;
  const now = clock.now();
  const ended = {
    session,
    result,
    at: now,
    retryAt: (failures: number) =>
      terms.retry.isWanted ? retryAt(terms.retry, failures, now, random.fraction()) : null,
  };
  return store.standings.change(
    id,
    (before) => afterSession(before, ended),
    (after) => (after.backOff?.session === session.id ? [waits(session, after.backOff)] : []),
  );
}

const waits = (
  { id, partnership }: Session,
  { failures, until }: NonNullable<Standing['backOff']>,
): EventDraft => ({
  type: 'partnership.waits',
  partnership,
  // It concerns what comes next: of the session itself nothing is told after its end (S2).
  session: null,
  item: null,
  data: { session: id, failures, until },
});
