// The table of sessions.
import { endings, type Session } from '../../model/session.ts';
import type { SessionTable } from '../../ports/store.ts';
import { rowLimit } from '../core/limit.ts';
import { duplicate, sessionRefusal } from '../core/refusal.ts';
import { fromJsonCell, jsonCell } from './cell.ts';
import type { Connection } from './connection.ts';
import { assignments, insertInto, where } from './filter.ts';
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

const insert = `${insertInto(
  'sessions',
  'id, request, partnership, trigger_kind, phase, plan, started_at, ended_at, result',
)} on conflict do nothing`;
const ended = endings.map((ending) => `'${ending}'`).join(', ');

export function sessionTable(connection: Connection, journal: Journal): SessionTable {
  const stored = (id: string): Session | null => {
    const row = connection.get<Row>('select * from sessions where id = ?', id);
    return row === undefined ? null : toSession(row);
  };
  return {
    add: (session, events) =>
      journal.write(() => {
        const rows = journal.rows(events);
        const { changes } = connection.run(insert, ...cells(session));
        if (changes === 0) throw duplicate('session', session.id);
        journal.append(rows);
      }),
    update: (id, change, events, raiseGeneration = false) => {
      const update = () => {
        const rows = journal.rows(events);
        const { sql, values } = changed(change);
        const running = `update sessions set ${sql} where id = ? and phase not in (${ended})`;
        if (connection.run(running, ...values, id).changes === 0) {
          throw sessionRefusal(id, stored(id)?.phase ?? null);
        }
        journal.append(rows);
      };
      if (!raiseGeneration) return journal.write(update);
      return journal.writeAll(() => {
        update();
        connection.run('update meta set generation = generation + 1');
      });
    },
    get: async (id) => stored(id),
    list: async ({ partnership, request, phases, limit }) => {
      const { sql, values } = where({ partnership, request, phase: phases });
      const newest = `select * from sessions${sql} order by position desc limit ?`;
      const rows = connection.all<Row>(newest, ...values, rowLimit(limit, 100));
      return rows.map((row) => toSession(row));
    },
  };
}

type Change = Parameters<SessionTable['update']>[1];

const changed = ({ phase, plan, endedAt, result }: Change) =>
  assignments({ phase, plan, ended_at: endedAt, result: result && jsonCell(result) });

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
