// Requests in memory.
import type { RequestTable } from '../../ports/store.ts';
import { duplicate } from '../core/refusal.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function requestTable(state: State, journal: Journal): RequestTable {
  return {
    add: (request, events) =>
      journal.write(() => {
        const earlier = request.key === null ? undefined : state.requestByKey.get(request.key);
        const known = earlier === undefined ? undefined : state.requests.get(earlier);
        if (known !== undefined) return known;
        if (state.requests.has(request.id)) throw duplicate('request', request.id);
        state.requests.set(request.id, structuredClone(request));
        if (request.key !== null) state.requestByKey.set(request.key, request.id);
        journal.append(events);
        return request;
      }),
    move: (id, from, change, events) => {
      let isMoved = false;
      const durable = journal.write(() => {
        const stored = state.requests.get(id);
        if (stored === undefined || !from.includes(stored.state)) return false;
        state.requests.set(id, { ...stored, ...structuredClone(change) });
        journal.append(events);
        isMoved = true;
        return true;
      });
      return { isMoved, durable };
    },
    get: async (id) => state.requests.get(id) ?? null,
    list: async (states) =>
      [...state.requests.values()].filter((one) => states.includes(one.state)),
  };
}
