// The log in memory.
import type { LogEntry } from '../../model/event.ts';
import type { LogFilter, LogTable } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export function logTable(state: State, journal: Journal): LogTable {
  let lastId = 0;
  return {
    add(drafts) {
      const ids: number[] = [];
      const durable = journal.write(() => {
        const at = journal.now();
        for (const draft of drafts) {
          lastId += 1;
          ids.push(lastId);
          state.log.set(lastId, { id: lastId, at, ...draft, withdrawn: false });
        }
      });
      // As many ids as lines even when the store is closed: 0 is the id of a line not taken.
      while (ids.length < drafts.length) ids.push(0);
      return { ids, durable };
    },
    withdraw: (session, errorId) =>
      journal.write(() => {
        let count = 0;
        for (const entry of state.log.values()) {
          const meant = errorId === null || entry.errorId === errorId;
          if (entry.session !== session || entry.withdrawn || !meant) continue;
          state.log.set(entry.id, { ...entry, withdrawn: true });
          count += 1;
        }
        return count;
      }),
    get: async (id) => state.log.get(id) ?? null,
    list: async (filter) => {
      const entries = [...state.log.values()].filter((entry) => matches(entry, filter));
      if (filter.oldestFirst !== true) entries.reverse();
      return entries.slice(0, rowLimit(filter.limit, 1_000));
    },
  };
}

function matches(entry: LogEntry, filter: LogFilter): boolean {
  const { session, partnership, levels, search, withWithdrawn = false } = filter;
  const { before = Number.POSITIVE_INFINITY, after = 0 } = filter;
  return (
    entry.id < before &&
    entry.id > after &&
    (session === undefined || entry.session === session) &&
    (partnership === undefined || entry.partnership === partnership) &&
    (levels === undefined || levels.includes(entry.level)) &&
    (withWithdrawn || !entry.withdrawn) &&
    (search === undefined || contains(entry.text, search) || contains(entry.subject, search))
  );
}

const contains = (text: string | null, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) ?? false;
