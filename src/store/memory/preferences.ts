// What a person chose for each item, in memory.
import type { ItemPreference } from '../../model/item.ts';
import type { PreferenceTable } from '../../ports/store.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

const keyOf = (one: ItemPreference): string =>
  JSON.stringify([one.partnership, one.item, one.trigger, one.connection]);

export function preferenceTable(state: State, journal: Journal): PreferenceTable {
  return {
    put: (preferences) =>
      journal.write(() => {
        for (const one of preferences) state.preferences.set(keyOf(one), { ...one });
      }),
    list: async (partnership) =>
      [...state.preferences.values()].filter((one) => one.partnership === partnership),
    remove: (partnership, items) =>
      journal.write(() => {
        for (const [key, one] of state.preferences) {
          if (one.partnership === partnership && items.includes(one.item)) {
            state.preferences.delete(key);
          }
        }
      }),
  };
}
