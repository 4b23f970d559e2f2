// The table of plans. Changes stand apart, packed, a piece to a row: a plan of 100,000 is a hundred
// rows to write, and a summary is read without them.
import { changesIn, PackedChanges } from '../../model/packed-changes.ts';
import type { PlanChange, PlanSummary } from '../../model/plan.ts';
import type { PlanTable } from '../../ports/store.ts';
import { hashPrefix } from '../core/prefix.ts';
import { fromJsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { insertInto, where } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly hash: string;
  readonly session: string;
  readonly partnership: string;
  readonly created_at: number;
  readonly state: PlanSummary['state'];
  readonly counts: string;
  readonly bytes: number;
  readonly halts: string;
}

const insert = insertInto(
  'plans',
  'hash, session, partnership, created_at, state, counts, bytes, halts',
);
const insertChunk = insertInto('plan_chunks', 'plan, number, changes');
const outdate = "update plans set state = 'outdated' where partnership = ? and state = 'open'";

export function planTable(connection: Connection, journal: Journal): PlanTable {
  const newestFirst = (condition: string, values: readonly string[]): PlanSummary[] =>
    connection
      .all<Row>(`select * from plans${condition} order by position desc`, ...values)
      .map((row) => toSummary(row));
  return {
    put: (summary, changes, events) =>
      journal.writeAll(() => {
        connection.run(outdate, summary.partnership);
        // Removed first, so that a plan made anew is also the newest.
        connection.run('delete from plans where hash = ?', summary.hash);
        const { lastId } = connection.run(insert, ...cells(summary));
        putChanges(connection, lastId, changes);
        journal.append(journal.rows(events));
      }),
    move: (hash, from, to, events) =>
      journal.write(() => {
        const rows = journal.rows(events);
        const sql = 'update plans set state = ? where hash = ? and state = ?';
        if (connection.run(sql, to, hash, from).changes === 0) return false;
        journal.append(rows);
        return true;
      }),
    get: async (hash) => newestFirst(' where hash = ?', [hash])[0] ?? null,
    find: async (typed) => {
      const prefix = hashPrefix(typed);
      // `g` comes after the last digit of a hash.
      return prefix === null
        ? []
        : newestFirst(' where hash >= ? and hash < ?', [prefix, `${prefix}g`]);
    },
    changes: async (hash) => readChanges(connection, hash),
    list: async ({ partnership, states }) => {
      const { sql, values } = where({ partnership, state: states });
      return newestFirst(sql, values.map(String));
    },
  };
}

function putChanges(connection: Connection, plan: number, changes: Iterable<PlanChange>): void {
  const { pieces } = changes instanceof PackedChanges ? changes : PackedChanges.of(changes);
  pieces.forEach((piece, number) => {
    connection.run(insertChunk, plan, number, piece);
  });
}

function readChanges(connection: Connection, hash: string): PlanChange[] {
  const sql = `select changes from plan_chunks
    where plan = (select position from plans where hash = ?) order by number`;
  return connection
    .all<{ changes: string }>(sql, hash)
    .flatMap(({ changes }) => changesIn(changes));
}

const cells = (one: PlanSummary) => [
  one.hash,
  one.session,
  one.partnership,
  one.createdAt,
  one.state,
  ...[JSON.stringify(one.counts), one.bytes, JSON.stringify(one.halts)],
];

const toSummary = (row: Row): PlanSummary => ({
  hash: row.hash,
  session: row.session,
  partnership: row.partnership,
  createdAt: row.created_at,
  state: row.state,
  counts: fromJsonCell(row.counts),
  bytes: row.bytes,
  halts: fromJsonCell(row.halts),
});
