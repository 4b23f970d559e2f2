// The table of events.
import type { EventTable } from '../../ports/store.ts';
import type { Connection } from './connection.ts';
import { listEvents } from './event-rows.ts';
import type { Journal } from './journal.ts';

export function eventTable(connection: Connection, journal: Journal): EventTable {
  return {
    add: (events) => journal.write(() => journal.append(journal.rows(events))),
    list: async (since, limit) => {
      journal.putEvents();
      return listEvents(connection, since, limit);
    },
  };
}
