// The table of standings: one value per partnership, read and written as a whole.
import { newStanding, type Standing } from '../../model/standing.ts';
import type { StandingTable } from '../../ports/store.ts';
import type { Connection } from './connection.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly standing: string;
}

const upsert = `insert into standings (partnership, standing) values (?, ?)
  on conflict (partnership) do update set standing = excluded.standing`;

export function standingTable(connection: Connection, journal: Journal): StandingTable {
  const stored = (of: string): Standing => {
    const row = connection.get<Row>('select standing from standings where partnership = ?', of);
    return row === undefined ? newStanding(of) : toStanding(of, row);
  };
  return {
    get: async (of) => stored(of),
    list: async () => {
      const rows = connection.all<Row & { readonly partnership: string }>(
        'select partnership, standing from standings order by partnership',
      );
      return rows.map((row) => toStanding(row.partnership, row));
    },
    change: (of, change, events = () => []) =>
      journal.write(() => {
        const before = stored(of);
        const after = change(before);
        if (after === before) return before;
        const rows = journal.rows(events(after, before));
        connection.run(upsert, of, JSON.stringify(after));
        journal.append(rows);
        return after;
      }),
  };
}

/** A member that came later than the row has its first value. */
const toStanding = (of: string, row: Row): Standing => ({
  ...newStanding(of),
  ...(JSON.parse(row.standing) as Standing),
});
