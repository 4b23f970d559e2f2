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

const columns = 'at, type, partnership, session, item, data';
const insertOne = insertInto('events', columns);
const atOnce = 8;
const insertSome = `${insertOne}${`, (${columns.replace(/\w+/g, '?')})`.repeat(atOnce - 1)}`;

/** An event that has no number yet. Its data is text already, so that what cannot be stored shows. */
export interface EventRow {
  readonly at: number;
  readonly draft: EventDraft;
  readonly data: string;
}

export const eventRow = (at: number, draft: EventDraft): EventRow => ({
  at,
  draft,
  data: JSON.stringify(draft.data),
});

/** In their order, several to a statement. What was numbered is added to `numbered`. */
export function insertEvents(
  connection: Connection,
  rows: readonly EventRow[],
  numbered: Event[],
): void {
  for (let from = 0; from < rows.length; ) {
    const isFew = rows.length - from < atOnce;
    const some = rows.slice(from, isFew ? from + 1 : from + atOnce);
    const { lastId } = connection.run(isFew ? insertOne : insertSome, ...some.flatMap(cells));
    // Nobody else writes meanwhile: the numbers of one statement follow on each other.
    let sequence = lastId - some.length;
    for (const { at, draft } of some) {
      sequence += 1;
      numbered.push({ sequence, at, ...draft });
    }
    from += some.length;
  }
}

const cells = ({ at, draft, data }: EventRow) => [
  at,
  draft.type,
  draft.partnership,
  draft.session,
  draft.item,
  data,
];

export function listEvents(connection: Connection, since: number, limit: number): Event[] {
  const sql = 'select * from events where sequence > ? order by sequence limit ?';
  const rows = connection.all<Row>(sql, since, rowLimit(limit, limit));
  return rows.map((row) => ({ ...row, data: fromJsonCell(row.data) }));
}
