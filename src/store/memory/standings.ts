// Where partnerships stand, in memory.
import { newStanding } from '../../model/standing.ts';
import type { StandingTable } from '../../ports/store.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function standingTable(state: State, journal: Journal): StandingTable {
  const stored = (of: string) => state.standings.get(of) ?? newStanding(of);
  return {
    get: async (of) => stored(of),
    list: async () => [...state.standings.values()],
    change: (of, change, events = () => []) =>
      journal.write(() => {
        const before = stored(of);
        const after = change(before);
        if (after === before) return before;
        state.standings.set(of, structuredClone(after));
        journal.append(events(after, before));
        return after;
      }),
  };
}
