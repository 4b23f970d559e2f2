// The table of partnerships.
import { syncError } from '../../model/error.ts';
import type { Partnership } from '../../model/partnership.ts';
import { plainTerms, type Terms } from '../../model/terms.ts';
import type { PartnershipTable } from '../../ports/store.ts';
import { flagCell, fromJsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { excluded, insertInto } from './filter.ts';
import type { Journal } from './journal.ts';
import { Kept } from './kept.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly handler: string;
  readonly settings: string;
  readonly enabled: number;
  readonly triggers: string;
  readonly resources: string;
  readonly approve: Partnership['approve'];
  readonly created_at: number;
  readonly ad_hoc: number;
  readonly terms: string | null;
}

const columns =
  'id, name, handler, settings, enabled, triggers, resources, approve, created_at, ad_hoc, terms';
const upsert = `${insertInto('partnerships', columns)} on conflict (id) do update
  set ${excluded(columns)}`;

export function partnershipTable(connection: Connection, journal: Journal): PartnershipTable {
  const named = (name: string) =>
    connection.get<Row>('select * from partnerships where name = ?', name);
  const kept = new Kept<Partnership | null>(connection);
  const keptList = new Kept<readonly Partnership[]>(connection);
  const forget = () => {
    kept.forget();
    keptList.forget();
  };
  return {
    put: (partnership, events) =>
      journal.write(() => {
        const rows = journal.rows(events);
        const rival = named(partnership.name);
        if (rival !== undefined && rival.id !== partnership.id) {
          throw syncError('partnership-exists', { name: partnership.name });
        }
        connection.run(upsert, ...cells(partnership));
        forget();
        journal.append(rows);
      }),
    remove: (id, events) =>
      journal.writeAll(() => {
        connection.run('delete from partnerships where id = ?', id);
        connection.run('delete from preferences where partnership = ?', id);
        connection.run('delete from standings where partnership = ?', id);
        forget();
        journal.append(journal.rows(events));
      }),
    get: async (id) =>
      kept.get(id, () =>
        fromRow(connection.get<Row>('select * from partnerships where id = ?', id)),
      ),
    byName: async (name) => fromRow(named(name)),
    list: async () =>
      keptList.get('all', () =>
        connection
          .all<Row>('select * from partnerships order by created_at, position')
          .map((row) => toPartnership(row)),
      ),
  };
}

const cells = (one: Partnership) => [
  one.id,
  one.name,
  one.handler,
  JSON.stringify(one.settings),
  flagCell(one.enabled),
  JSON.stringify(one.triggers),
  JSON.stringify(one.resources),
  one.approve,
  one.createdAt,
  flagCell(one.adHoc),
  JSON.stringify(one.terms),
];

const fromRow = (row: Row | undefined): Partnership | null =>
  row === undefined ? null : toPartnership(row);

const toPartnership = (row: Row): Partnership => ({
  id: row.id,
  name: row.name,
  handler: row.handler,
  settings: fromJsonCell(row.settings),
  enabled: row.enabled === 1,
  triggers: fromJsonCell(row.triggers),
  resources: fromJsonCell(row.resources),
  approve: row.approve,
  createdAt: row.created_at,
  adHoc: row.ad_hoc === 1,
  // Those of an earlier form have none yet.
  // What a later version has added is plain in rows of an earlier one.
  terms: row.terms === null ? plainTerms : { ...plainTerms, ...fromJsonCell<Terms>(row.terms) },
});
