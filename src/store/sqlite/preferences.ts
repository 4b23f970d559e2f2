// The table of what a person chose for each item.
import type { ItemPreference } from '../../model/item.ts';
import type { PreferenceTable } from '../../ports/store.ts';
import { flagCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { insertInto } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly partnership: string;
  readonly item: string;
  readonly trigger_kind: ItemPreference['trigger'];
  readonly connection: string | null;
  readonly checked: number;
}

const columns = 'partnership, item, trigger_kind, connection, checked';
const upsert = `${insertInto('preferences', columns)}
  on conflict (partnership, item, trigger_kind, coalesce('=' || connection, ''))
  do update set checked = excluded.checked`;

export function preferenceTable(connection: Connection, journal: Journal): PreferenceTable {
  return {
    put: (preferences) =>
      journal.writeAll(() => {
        for (const one of preferences) {
          const { partnership, item, trigger, checked } = one;
          connection.run(upsert, partnership, item, trigger, one.connection, flagCell(checked));
        }
      }),
    list: async (partnership) =>
      connection
        .all<Row>('select * from preferences where partnership = ? order by position', partnership)
        .map((row) => toPreference(row)),
    remove: (partnership, items) =>
      journal.writeAll(() => {
        for (const item of items) {
          const sql = 'delete from preferences where partnership = ? and item = ?';
          connection.run(sql, partnership, item);
        }
      }),
  };
}

const toPreference = (row: Row): ItemPreference => ({
  partnership: row.partnership,
  item: row.item,
  trigger: row.trigger_kind,
  connection: row.connection,
  checked: row.checked === 1,
});
