// The table of the log.
import type { LogDraft, LogEntry } from '../../model/event.ts';
import type { LogFilter, LogTable } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import { flagCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { insertInto, where } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly id: number;
  readonly at: number;
  readonly session: string;
  readonly partnership: string;
  readonly item: string | null;
  readonly level: LogEntry['level'];
  readonly text: string;
  readonly error_id: string | null;
  readonly jump: number;
  readonly subject: string | null;
  readonly code: string | null;
  readonly withdrawn: number;
}

const insert = insertInto(
  'log',
  'at, session, partnership, item, level, text, error_id, jump, subject, code, withdrawn',
);

export function logTable(connection: Connection, journal: Journal): LogTable {
  return {
    add(drafts) {
      const ids: number[] = [];
      const durable = journal.writeAll(() => {
        const at = journal.now();
        for (const draft of drafts) ids.push(connection.run(insert, at, ...cells(draft)).lastId);
      });
      // As many ids as lines even when the write was refused: 0 is the id of a line not taken.
      while (ids.length < drafts.length) ids.push(0);
      return { ids, durable };
    },
    withdraw: (session, errorId) =>
      journal.write(() => {
        const sql = 'update log set withdrawn = 1 where session = ? and withdrawn = 0';
        return errorId === null
          ? connection.run(sql, session).changes
          : connection.run(`${sql} and error_id = ?`, session, errorId).changes;
      }),
    get: async (id) => {
      const row = connection.get<Row>('select * from log where id = ?', id);
      return row === undefined ? null : toEntry(row);
    },
    list: async (filter) => list(connection, filter),
  };
}

function list(connection: Connection, filter: LogFilter): LogEntry[] {
  const { session, partnership, levels, search, limit } = filter;
  const withdrawn = filter.withWithdrawn === true ? undefined : 0;
  const { sql, values } = where({ session, partnership, level: levels, withdrawn });
  const part = search?.toLowerCase();
  const more = [
    onlyIf('id < ?', filter.before),
    onlyIf('id > ?', filter.after),
    onlyIf('(contains(text, ?) or contains(subject, ?))', part, part),
  ].flat();
  const condition = [sql === '' ? ' where true' : sql, ...more.map((one) => one.sql)].join(' and ');
  const order = filter.oldestFirst === true ? 'asc' : 'desc';
  return connection
    .all<Row>(
      `select * from log${condition} order by id ${order} limit ?`,
      ...values,
      ...more.flatMap((one) => one.values),
      rowLimit(limit, 1_000),
    )
    .map((row) => toEntry(row));
}

/** Nothing where the value is left out. */
function onlyIf(sql: string, ...values: readonly (string | number | undefined)[]) {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? [] : [{ sql, values: given }];
}

const cells = (one: LogDraft) => [
  one.session,
  one.partnership,
  one.item,
  one.level,
  one.text,
  one.errorId,
  ...[flagCell(one.jump), one.subject, one.code, 0],
];

const toEntry = (row: Row): LogEntry => ({
  id: row.id,
  at: row.at,
  session: row.session,
  partnership: row.partnership,
  item: row.item,
  level: row.level,
  text: row.text,
  errorId: row.error_id,
  jump: row.jump === 1,
  subject: row.subject,
  code: row.code,
  withdrawn: row.withdrawn === 1,
});
