// Forgetting, in memory. What is open or under way stays, and so does what it hangs on: the session
// of a plan that still waits for a person, the request of a session that stays.
import type { Request } from '../../model/request.ts';
import { isEnding } from '../../model/session.ts';
import type { RetentionLimits } from '../../ports/store.ts';
import type { State } from './state.ts';

export function prune(state: State, { before, sessionsPerPartnership }: RetentionLimits): void {
  const gone = outlived(state, before, sessionsPerPartnership);
  for (const id of gone) state.sessions.delete(id);
  for (const entry of state.log.values()) {
    if (gone.has(entry.session)) state.log.delete(entry.id);
  }
  for (const { summary } of state.plans.values()) {
    if (gone.has(summary.session)) state.plans.delete(summary.hash);
  }
  state.events = state.events.filter(({ session }) => session === null || !gone.has(session));
  pruneOldLines(state, before);
  pruneRequests(state, before);
  for (const { id, state: stands, resolvedAt, openedAt } of state.conflicts.values()) {
    if (stands !== 'open' && (resolvedAt ?? openedAt) < before) state.conflicts.delete(id);
  }
}

function outlived(state: State, before: number, perPartnership: number): Set<string> {
  const waiting = new Set<string>();
  for (const { summary } of state.plans.values()) {
    if (summary.state === 'open' || summary.state === 'approved') waiting.add(summary.session);
  }
  const seen = new Map<string, number>();
  const gone = new Set<string>();
  for (const session of [...state.sessions.values()].reverse()) {
    if (!isEnding(session.phase)) continue;
    const rank = (seen.get(session.partnership) ?? 0) + 1;
    seen.set(session.partnership, rank);
    const old = (session.endedAt ?? session.startedAt) < before;
    if ((old || rank > perPartnership) && !waiting.has(session.id)) gone.add(session.id);
  }
  return gone;
}

/** Events and log lines of no session that is still there. */
function pruneOldLines(state: State, before: number): void {
  const orphan = (session: string | null) => session === null || !state.sessions.has(session);
  state.events = state.events.filter((event) => event.at >= before || !orphan(event.session));
  for (const entry of state.log.values()) {
    if (entry.at < before && orphan(entry.session)) state.log.delete(entry.id);
  }
}

function pruneRequests(state: State, before: number): void {
  const needed = new Set([...state.sessions.values()].map((session) => session.request));
  for (const request of state.requests.values()) {
    if (needed.has(request.id) || !isOver(request)) continue;
    if ((request.endedAt ?? request.createdAt) >= before) continue;
    state.requests.delete(request.id);
    if (request.key !== null) state.requestByKey.delete(request.key);
  }
}

const isOver = ({ state }: Request): boolean => state !== 'waiting' && state !== 'running';
