// The table of sessions.
import type { Session } from '../../model/session.ts';
import type { SessionTable } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import { duplicate, sessionRefusal } from '../core/refusal.ts';
import { fromJsonCell, jsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { insertInto, where } from './filter.ts';
import type { Journal } from './journal.ts';

interface Row {
  readonly id: string;
  readonly request: string;
  readonly partnership: string;
  readonly trigger_kind: Session['trigger'];
  readonly phase: Session['phase'];
  readonly plan: string | null;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly result: string | null;
}

const insert = insertInto(
  'sessions',
  'id, request, partnership, trigger_kind, phase, plan, started_at, ended_at, result',
);
const update = 'update sessions set phase = ?, plan = ?, ended_at = ?, result = ? where id = ?';

export function sessionTable(connection: Connection, journal: Journal): SessionTable {
  const stored = (id: string): Session | null => {
    const row = connection.get<Row>('select * from sessions where id = ?', id);
    return row === undefined ? null : toSession(row);
  };
  return {
    add: (session, events) =>
      journal.write(() => {
        if (stored(session.id) !== null) throw duplicate('session', session.id);
        connection.run(insert, ...cells(session));
        journal.append(events);
      }),
    update: (id, change, events, raiseGeneration = false) =>
      journal.write(() => {
        const session = stored(id);
        const refusal = sessionRefusal(id, session?.phase ?? null);
        if (refusal !== null || session === null) throw refusal;
        const { phase, plan, endedAt, result } = { ...session, ...change };
        connection.run(update, phase, plan, endedAt, jsonCell(result), id);
        if (raiseGeneration) connection.run('update meta set generation = generation + 1');
        journal.append(events);
      }),
    get: async (id) => stored(id),
    list: async ({ partnership, request, phases, limit }) => {
      const { sql, values } = where({ partnership, request, phase: phases });
      const newest = `select * from sessions${sql} order by position desc limit ?`;
      const rows = connection.all<Row>(newest, ...values, rowLimit(limit, 100));
      return rows.map((row) => toSession(row));
    },
  };
}

const cells = (one: Session) => [
  one.id,
  one.request,
  one.partnership,
  one.trigger,
  one.phase,
  one.plan,
  ...[one.startedAt, one.endedAt, jsonCell(one.result)],
];

const toSession = (row: Row): Session => ({
  id: row.id,
  request: row.request,
  partnership: row.partnership,
  trigger: row.trigger_kind,
  phase: row.phase,
  plan: row.plan,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  result: fromJsonCell(row.result),
});
