// Partnerships in memory.
import { syncError } from '../../model/error.ts';
import type { Partnership } from '../../model/partnership.ts';
import type { PartnershipTable } from '../../ports/store.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function partnershipTable(state: State, journal: Journal): PartnershipTable {
  const named = (name: string): Partnership | null => {
    for (const stored of state.partnerships.values()) if (stored.name === name) return stored;
    return null;
  };
  return {
    put: (partnership, events) =>
      journal.write(() => {
        const rival = named(partnership.name);
        if (rival !== null && rival.id !== partnership.id) {
          throw syncError('partnership-exists', { name: partnership.name });
        }
        state.partnerships.set(partnership.id, structuredClone(partnership));
        journal.append(events);
      }),
    remove: (id, events) =>
      journal.write(() => {
        state.partnerships.delete(id);
        state.standings.delete(id);
        for (const [key, preference] of state.preferences) {
          if (preference.partnership === id) state.preferences.delete(key);
        }
        journal.append(events);
      }),
    get: async (id) => state.partnerships.get(id) ?? null,
    byName: async (name) => named(name),
    list: async () =>
      [...state.partnerships.values()].sort((one, other) => one.createdAt - other.createdAt),
  };
}
