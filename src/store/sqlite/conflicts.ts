// The table of conflicts.
import type { Conflict } from '../../model/conflict.ts';
import type { ConflictTable, OpenConflicts } from '../../ports/store.ts';
import { conflictRefusal } from '../core/refusal.ts';
import { fromJsonCell, jsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { excluded, insertInto, where } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly id: string;
  readonly partnership: string;
  readonly item: string;
  readonly session: string;
  readonly subject: string;
  readonly kind: string;
  readonly versions: string;
  readonly state: Conflict['state'];
  readonly opened_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
  readonly undo: string;
  readonly version: number;
}

const columns = `id, partnership, item, session, subject, kind, versions, state, opened_at, resolved_at,
   resolution, undo, version`;
const upsert = `${insertInto('conflicts', columns)} on conflict (id) do update
  set ${excluded(columns)}`;
/** Written out, it lets the index of the open ones be used; as a parameter it would not. */
const isOpen = "state = 'open'";
const selectOpen = `select * from conflicts
  where partnership = ? and item = ? and subject = ? and ${isOpen}`;

export function conflictTable(connection: Connection, journal: Journal): ConflictTable {
  const stored = (id: string) => connection.get<Row>('select * from conflicts where id = ?', id);
  const openAt = (partnership: string, item: string, subject: string) =>
    connection.get<Row>(selectOpen, partnership, item, subject);
  return {
    put: (conflict, events) =>
      journal.write(() => {
        const rows = journal.rows(events);
        const rival = openAt(conflict.partnership, conflict.item, conflict.subject);
        const hasRival = rival !== undefined && rival.id !== conflict.id;
        const refusal = conflictRefusal(conflict, stored(conflict.id) ?? null, hasRival);
        if (refusal !== null) throw refusal;
        connection.run(upsert, ...cells(conflict));
        journal.append(rows);
      }),
    get: async (id) => fromRow(stored(id)),
    openAt: async (partnership, item, subject) => fromRow(openAt(partnership, item, subject)),
    list: async ({ partnership, item, states }) => {
      const isOfOpen = states?.join() === 'open';
      const { sql, values } = where({ partnership, item, state: isOfOpen ? undefined : states });
      return connection
        .all<Row>(
          `select * from conflicts${isOfOpen ? openIn(sql) : sql} order by position`,
          ...values,
        )
        .map((row) => toConflict(row));
    },
    countOpen: async ({ partnership }) => {
      const { sql, values } = where({ partnership });
      return connection.all<OpenConflicts>(
        `select partnership, item, count(*) as count from conflicts${openIn(sql)}
         group by partnership, item`,
        ...values,
      );
    },
  };
}

const openIn = (condition: string) =>
  condition === '' ? ` where ${isOpen}` : `${condition} and ${isOpen}`;

const cells = (one: Conflict) => [
  one.id,
  one.partnership,
  one.item,
  one.session,
  one.subject,
  one.kind,
  JSON.stringify(one.versions),
  one.state,
  one.openedAt,
  one.resolvedAt,
  ...[jsonCell(one.resolution), JSON.stringify(one.undo), one.version],
];

const fromRow = (row: Row | undefined): Conflict | null =>
  row === undefined ? null : toConflict(row);

const toConflict = (row: Row): Conflict => ({
  id: row.id,
  partnership: row.partnership,
  item: row.item,
  session: row.session,
  subject: row.subject,
  kind: row.kind,
  versions: fromJsonCell(row.versions),
  state: row.state,
  openedAt: row.opened_at,
  resolvedAt: row.resolved_at,
  resolution: fromJsonCell(row.resolution),
  undo: fromJsonCell(row.undo),
  version: row.version,
});
