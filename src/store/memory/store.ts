// The store in memory: the reference for the others, and enough for an embedder or a test that
// needs no past. Nothing outlives the process.
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import { conflictTable } from './conflicts.ts';
import { Journal } from './journal.ts';
import { logTable } from './log.ts';
import { partnershipTable } from './partnerships.ts';
import { planTable } from './plans.ts';
import { preferenceTable } from './preferences.ts';
import { prune } from './prune.ts';
import { requestTable } from './requests.ts';
import { sessionTable } from './sessions.ts';
import { standingTable } from './standings.ts';
import { emptyState } from './state.ts';

export function openMemoryStore({ clock }: { readonly clock: Clock }): Store {
  const state = emptyState();
  const journal = new Journal(state, clock);
  return {
    partnerships: partnershipTable(state, journal),
    preferences: preferenceTable(state, journal),
    standings: standingTable(state, journal),
    requests: requestTable(state, journal),
    sessions: sessionTable(state, journal),
    plans: planTable(state, journal),
    log: logTable(state, journal),
    conflicts: conflictTable(state, journal),
    events: {
      add: (events) => journal.write(() => journal.append(events)),
      list: async (since, limit) =>
        state.events.filter((event) => event.sequence > since).slice(0, rowLimit(limit, limit)),
    },
    generation: async () => state.generation,
    subscribe: (listener) => journal.subscribe(listener),
    poll: async () => {},
    prune: (limits) => journal.write(() => prune(state, limits)),
    flush: () => journal.settled(),
    close: () => journal.close(),
  };
}
