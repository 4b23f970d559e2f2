// Conflicts in memory.
import type { Conflict } from '../../model/conflict.ts';
import type { ConflictTable } from '../../ports/store.ts';
import { conflictRefusal } from '../core/refusal.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function conflictTable(state: State, journal: Journal): ConflictTable {
  const openAt = (partnership: string, item: string, subject: string): Conflict | null => {
    for (const one of state.conflicts.values()) {
      const same = one.partnership === partnership && one.item === item && one.subject === subject;
      if (same && one.state === 'open') return one;
    }
    return null;
  };
  return {
    put: (conflict, events) =>
      journal.write(() => {
        const stored = state.conflicts.get(conflict.id) ?? null;
        const rival = openAt(conflict.partnership, conflict.item, conflict.subject);
        const hasRival = rival !== null && rival.id !== conflict.id;
        const refusal = conflictRefusal(conflict, stored, hasRival);
        if (refusal !== null) throw refusal;
        state.conflicts.set(conflict.id, structuredClone(conflict));
        journal.append(events);
      }),
    get: async (id) => state.conflicts.get(id) ?? null,
    openAt: async (partnership, item, subject) => openAt(partnership, item, subject),
    list: async ({ partnership, item, states }) =>
      [...state.conflicts.values()].filter(
        (one) =>
          (partnership === undefined || one.partnership === partnership) &&
          (item === undefined || one.item === item) &&
          (states === undefined || states.includes(one.state)),
      ),
    countOpen: async ({ partnership }) => {
      const open = [...state.conflicts.values()].filter(
        (one) =>
          one.state === 'open' && (partnership === undefined || one.partnership === partnership),
      );
      const ofItems = Map.groupBy(open, (one) => `${one.partnership}\0${one.item}`);
      return [...ofItems.values()].flatMap((some) =>
        some.slice(0, 1).map(({ partnership: of, item }) => ({
          partnership: of,
          item,
          count: some.length,
        })),
      );
    },
  };
}
