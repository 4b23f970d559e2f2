// Events as rows: numbered when they are put in, read in that order.
import type { Event, EventDraft, EventType } from '../../model/event.ts';
import { rowLimit } from '../core/limit.ts';
import { fromJsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { insertInto } from './filter.ts';

interface Row {
  readonly sequence: number;
  readonly at: number;
  readonly type: EventType;
  readonly partnership: string | null;
  readonly session: string | null;
  readonly item: string | null;
  readonly data: string;
}

const insert = insertInto('events', 'at, type, partnership, session, item, data');

/** The number given to it. */
export function insertEvent(connection: Connection, at: number, draft: EventDraft): number {
  const { type, partnership, session, item, data } = draft;
  return connection.run(insert, at, type, partnership, session, item, JSON.stringify(data)).lastId;
}

export function listEvents(connection: Connection, since: number, limit: number): Event[] {
  const sql = 'select * from events where sequence > ? order by sequence limit ?';
  const rows = connection.all<Row>(sql, since, rowLimit(limit, limit));
  return rows.map((row) => ({ ...row, data: fromJsonCell(row.data) }));
}
