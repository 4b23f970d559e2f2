// The second form: what a partnership agreed to about running by itself, where it stands, and the
// connection that a request came with.
export const standings = `
alter table partnerships add column terms text;
alter table requests add column connection text;

create table standings (
  partnership text primary key,
  standing text not null
) strict, without rowid;
`;
