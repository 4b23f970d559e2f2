// Plans in memory.
import type { PlanHash, PlanState, PlanSummary } from '../../model/plan.ts';
import type { PlanTable } from '../../ports/store.ts';
import { hashPrefix } from '../core/prefix.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function planTable(state: State, journal: Journal): PlanTable {
  const newestFirst = (wanted: (summary: PlanSummary) => boolean): PlanSummary[] =>
    [...state.plans.values()]
      .map((plan) => plan.summary)
      .filter(wanted)
      .reverse();
  return {
    put: (summary, changes, events) =>
      journal.write(() => {
        for (const { summary: older } of state.plans.values()) {
          if (older.partnership === summary.partnership && older.state === 'open') {
            setState(state, older.hash, 'outdated');
          }
        }
        // Removed first, so that a plan made anew is also the newest.
        state.plans.delete(summary.hash);
        state.plans.set(summary.hash, { summary: structuredClone(summary), changes: [...changes] });
        journal.append(events);
      }),
    move: (hash, from, to, events) =>
      journal.write(() => {
        if (state.plans.get(hash)?.summary.state !== from) return false;
        setState(state, hash, to);
        journal.append(events);
        return true;
      }),
    get: async (hash) => state.plans.get(hash)?.summary ?? null,
    find: async (typed) => {
      const prefix = hashPrefix(typed);
      return prefix === null ? [] : newestFirst((one) => one.hash.startsWith(prefix));
    },
    changes: async (hash) => state.plans.get(hash)?.changes ?? [],
    list: async ({ partnership, states }) =>
      newestFirst(
        (one) =>
          (partnership === undefined || one.partnership === partnership) &&
          (states === undefined || states.includes(one.state)),
      ),
  };
}

function setState(state: State, hash: PlanHash, to: PlanState): void {
  const plan = state.plans.get(hash);
  if (plan !== undefined) {
    state.plans.set(hash, { ...plan, summary: { ...plan.summary, state: to } });
  }
}
