// The first form of the store. SQL kept as text in TypeScript, not in .sql files: it is found
// wherever the program is bundled to, and costs no file to open at every start.
//
// `position` is the order of arrival that the lists promise. Moments are milliseconds since 1970.
// Only what a person may need to look up by index has one: events are written often, read by number.
export const tables = `
create table meta (one integer primary key check (one = 1), generation integer not null) strict;
insert into meta values (1, 0);

create table openers (id integer primary key, pid integer not null, since real not null) strict;

create table partnerships (
  position integer primary key,
  id text not null unique,
  name text not null unique,
  handler text not null,
  settings text not null,
  enabled integer not null,
  triggers text not null,
  resources text not null,
  approve text not null,
  created_at real not null,
  ad_hoc integer not null
) strict;

create table preferences (
  position integer primary key,
  partnership text not null,
  item text not null,
  trigger_kind text not null,
  connection text,
  checked integer not null
) strict;
create unique index preferences_key
  on preferences (partnership, item, trigger_kind, coalesce('=' || connection, ''));

create table requests (
  position integer primary key,
  id text not null unique,
  trigger_kind text not null,
  interactive integer not null,
  partnerships text,
  items text,
  start_now integer not null,
  minimized integer not null,
  cookie blob,
  key text unique,
  plan_only integer not null,
  approved_plan text,
  state text not null,
  created_at real not null,
  ended_at real,
  merged_into text
) strict;
create index requests_state on requests (state);

create table sessions (
  position integer primary key,
  id text not null unique,
  request text not null,
  partnership text not null,
  trigger_kind text not null,
  phase text not null,
  plan text,
  started_at real not null,
  ended_at real,
  result text
) strict;
create index sessions_partnership on sessions (partnership);
create index sessions_request on sessions (request);
create index sessions_phase on sessions (phase);

create table plans (
  position integer primary key autoincrement,
  hash text not null unique,
  session text not null,
  partnership text not null,
  created_at real not null,
  state text not null,
  counts text not null,
  bytes real not null,
  halts text not null
) strict;
create index plans_partnership on plans (partnership);

create table plan_chunks (
  plan integer not null references plans (position) on delete cascade,
  number integer not null,
  changes text not null,
  primary key (plan, number)
) strict;

create table events (
  sequence integer primary key autoincrement,
  at real not null,
  type text not null,
  partnership text,
  session text,
  item text,
  data text not null
) strict;

create table log (
  id integer primary key autoincrement,
  at real not null,
  session text not null,
  partnership text not null,
  item text,
  level text not null,
  text text not null,
  error_id text,
  jump integer not null,
  subject text,
  code text,
  withdrawn integer not null
) strict;
create index log_session on log (session);

create table conflicts (
  position integer primary key,
  id text not null unique,
  partnership text not null,
  item text not null,
  session text not null,
  subject text not null,
  kind text not null,
  versions text not null,
  state text not null,
  opened_at real not null,
  resolved_at real,
  resolution text,
  undo text not null,
  version integer not null
) strict;
create unique index conflicts_open
  on conflicts (partnership, item, subject) where state = 'open';
`;
