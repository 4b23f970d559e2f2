// The table of requests.
import type { Request } from '../../model/request.ts';
import type { RequestTable } from '../../ports/store.ts';
import { duplicate } from '../core/refusal.ts';
import { flagCell, fromJsonCell, jsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { assignments, insertInto, where } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly id: string;
  readonly trigger_kind: Request['trigger'];
  readonly interactive: number;
  readonly partnerships: string | null;
  readonly items: string | null;
  readonly start_now: number;
  readonly minimized: number;
  readonly cookie: Uint8Array | null;
  readonly key: string | null;
  readonly plan_only: number;
  readonly approved_plan: string | null;
  readonly state: Request['state'];
  readonly created_at: number;
  readonly ended_at: number | null;
  readonly merged_into: string | null;
  readonly connection: string | null;
}

const insert = `${insertInto(
  'requests',
  `id, trigger_kind, interactive, partnerships, items, start_now, minimized, cookie, key,
   plan_only, approved_plan, state, created_at, ended_at, merged_into, connection`,
)} on conflict do nothing`;

export function requestTable(connection: Connection, journal: Journal): RequestTable {
  const stored = (column: 'id' | 'key', value: string): Request | null => {
    const row = connection.get<Row>(`select * from requests where ${column} = ?`, value);
    return row === undefined ? null : toRequest(row);
  };
  return {
    add: (request, events) =>
      journal.write(() => {
        const rows = journal.rows(events);
        if (connection.run(insert, ...cells(request)).changes === 1) {
          journal.append(rows);
          return request;
        }
        const earlier = request.key === null ? null : stored('key', request.key);
        if (earlier === null) throw duplicate('request', request.id);
        return earlier;
      }),
    move: (id, from, change, events) => {
      let isMoved = false;
      const durable = journal.write(() => {
        const rows = journal.rows(events);
        const { sql, values } = changed(change);
        const states = where({ id, state: from });
        const update = `update requests set ${sql}${states.sql}`;
        isMoved = connection.run(update, ...values, ...states.values).changes === 1;
        if (isMoved) journal.append(rows);
        return isMoved;
      });
      return { isMoved, durable };
    },
    get: async (id) => stored('id', id),
    list: async (states) => {
      const { sql, values } = where({ state: states });
      return connection
        .all<Row>(`select * from requests${sql} order by position`, ...values)
        .map((row) => toRequest(row));
    },
  };
}

type Change = Parameters<RequestTable['move']>[2];

const changed = ({ state, endedAt, mergedInto, items, startNow }: Change) =>
  assignments({
    state,
    ended_at: endedAt,
    merged_into: mergedInto,
    items: items && jsonCell(items),
    start_now: startNow === undefined ? undefined : flagCell(startNow),
  });

const cells = (one: Request) => [
  one.id,
  one.trigger,
  flagCell(one.interactive),
  jsonCell(one.partnerships),
  jsonCell(one.items),
  flagCell(one.startNow),
  flagCell(one.minimized),
  one.cookie,
  one.key,
  flagCell(one.planOnly),
  one.approvedPlan,
  one.state,
  one.createdAt,
  one.endedAt,
  one.mergedInto,
  one.connection,
];

const toRequest = (row: Row): Request => ({
  id: row.id,
  trigger: row.trigger_kind,
  interactive: row.interactive === 1,
  partnerships: fromJsonCell(row.partnerships),
  items: fromJsonCell(row.items),
  startNow: row.start_now === 1,
  minimized: row.minimized === 1,
  cookie: row.cookie,
  key: row.key,
  planOnly: row.plan_only === 1,
  approvedPlan: row.approved_plan,
  state: row.state,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  mergedInto: row.merged_into,
  connection: row.connection,
});
