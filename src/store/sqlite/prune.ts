// Forgetting, in SQL. What is open or under way stays, and so does what it hangs on: the session of
// a plan that still waits for a person, the request of a session that stays.

import { endings } from '../../model/session.ts';
import type { RetentionLimits } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

const ended = endings.map((ending) => `'${ending}'`).join(', ');

const select = `
  insert into gone
  select id from (
    select id, coalesce(ended_at, started_at) as moment,
      row_number() over (partition by partnership order by position desc) as rank
    from sessions where phase in (${ended})
  )
  where (moment < ? or rank > ?)
    and id not in (select session from plans where state in ('open', 'approved'))`;

const forget = [
  'delete from log where session in gone',
  'delete from events where session in gone',
  'delete from plans where session in gone',
  'delete from sessions where id in gone',
];

/** Lines of no session that is still there. */
const forgetOld = [
  'delete from events where at < ? and (session is null or session not in (select id from sessions))',
  'delete from log where at < ? and session not in (select id from sessions)',
  `delete from requests where coalesce(ended_at, created_at) < ?
    and state not in ('waiting', 'running') and id not in (select request from sessions)`,
  "delete from conflicts where coalesce(resolved_at, opened_at) < ? and state <> 'open'",
];

/** Within a write: all of it or nothing. */
export function prune(connection: Connection, limits: RetentionLimits): void {
  const { before, sessionsPerPartnership } = limits;
  connection.run('create temp table if not exists gone (id text primary key) strict');
  connection.run('delete from gone');
  connection.run(select, before, sessionsPerPartnership);
  for (const sql of forget) connection.run(sql);
  for (const sql of forgetOld) connection.run(sql, before);
}
