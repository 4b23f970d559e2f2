// Sessions in memory.
import type { Session } from '../../model/session.ts';
import type { SessionFilter, SessionTable } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import { duplicate, sessionRefusal } from '../core/refusal.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function sessionTable(state: State, journal: Journal): SessionTable {
  return {
    add: (session, events) =>
      journal.write(() => {
        if (state.sessions.has(session.id)) throw duplicate('session', session.id);
        state.sessions.set(session.id, structuredClone(session));
        journal.append(events);
      }),
    update: (id, change, events, raiseGeneration = false) =>
      journal.write(() => {
        const stored = state.sessions.get(id);
        const refusal = sessionRefusal(id, stored?.phase ?? null);
        if (refusal !== null || stored === undefined) throw refusal;
        state.sessions.set(id, { ...stored, ...structuredClone(change) });
        if (raiseGeneration) state.generation += 1;
        journal.append(events);
      }),
    get: async (id) => state.sessions.get(id) ?? null,
    list: async (filter) =>
      [...state.sessions.values()]
        .filter((one) => matches(one, filter))
        .reverse()
        .slice(0, rowLimit(filter.limit, 100)),
  };
}

function matches(session: Session, { partnership, request, phases }: SessionFilter): boolean {
  return (
    (partnership === undefined || session.partnership === partnership) &&
    (request === undefined || session.request === request) &&
    (phases === undefined || phases.includes(session.phase))
  );
}
