// A partnership: its name and standing, and with one item all that is to be said of it.
import { Badge, Button, Checkbox, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { Group } from '../../core/groups.ts';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { requestQuery, useAct } from '../../data/queries.ts';
import { amounts } from '../../parts/amounts.ts';
import { Name } from '../../parts/name.tsx';
import { Spark } from '../../parts/spark.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { keyOf } from './bulk-bar.tsx';
import { Facts } from './facts.tsx';
import { GroupMenu } from './group-menu.tsx';
import classes from './items-table.module.css';
import { PropertiesButton } from './properties.tsx';

export interface RowProps {
  readonly group: Group;
  readonly ticked: ReadonlySet<string>;
  onTick(keys: readonly string[], on: boolean): void;
}

interface GroupRowProps extends RowProps {
  /** Null: there is nothing to unfold. */
  readonly open: boolean | null;
  onTurn(id: string): void;
}

/** Looked at again only when something of it is another: scrolling moves it, and changes nothing of it. */
export const GroupRow = memo(({ group, ticked, open, onTick, onTurn }: GroupRowProps) => {
  const { id, name, rows } = group;
  const keys = rows.map(({ item }) => keyOf(id, item.item));
  const count = keys.filter((key) => ticked.has(key)).length;
  const [only, another] = rows;
  return (
    <div className={classes.row}>
      <Checkbox
        aria-label={`Tick ${legible(name)}`}
        checked={count === keys.length}
        indeterminate={count > 0 && count < keys.length}
        onChange={(event) => onTick(keys, event.currentTarget.checked)}
      />
      <div>
        <div className={classes.name}>
          <Name text={name} max={60} />
          <ToneBadge standing={group.worst} />
          {group.handler === 'folder' ? null : (
            <Badge variant="outline" color="gray" tt="none">
              <Name text={group.handler} max={32} />
            </Badge>
          )}
          <Spark values={group.durations} />
          {only?.item.hasProperties === true && another === undefined ? (
            <PropertiesButton partnership={id} item={only.item.item} name={only.item.name} />
          ) : null}
        </div>
        {only !== undefined && another === undefined ? (
          <Facts item={only.item} />
        ) : (
          <UnstyledButton
            className={classes.turn}
            aria-expanded={open === true}
            aria-label={`${amounts.count(rows.length)} items of ${legible(name)}`}
            onClick={() => onTurn(id)}
          >
            <span aria-hidden>{open === true ? '▾' : '▸'}</span> {amounts.count(rows.length)} items
          </UnstyledButton>
        )}
      </div>
      <GroupActions group={group} />
    </div>
  );
});

function GroupActions({ group }: { readonly group: Group }) {
  const { id, name, phase } = group;
  const run = useAct(
    (planOnly: boolean) =>
      api.invoke({
        trigger: 'manual',
        partnerships: [id],
        startNow: true,
        waits: true,
        planOnly,
      }),
    ['running', 'items', 'plans'],
  );
  return (
    <div className={classes.actions}>
      {phase === null && run.data !== undefined ? <Waits request={run.data.id} /> : null}
      {phase === null ? (
        <Button size="xs" variant="light" onClick={() => run.mutate(false)} loading={run.isPending}>
          Run
        </Button>
      ) : (
        <StopButton id={id} name={name} />
      )}
      <GroupMenu group={group} run={run.mutate} />
      {run.error === null ? null : <Trouble error={run.error} />}
    </div>
  );
}

/** Of what a person starts, one is at work at a time: the others wait, and it shows. */
function Waits({ request }: { readonly request: string }) {
  const state = useQuery(requestQuery(request)).data;
  if (state === undefined || state.ended || state.sessions.length > 0) return null;
  return (
    <Text size="xs" c="dimmed" role="status">
      waits for its turn
    </Text>
  );
}

/** There while something runs, so that each run begins with a button that was not pressed. */
function StopButton({ id, name }: { readonly id: string; readonly name: string }) {
  const stop = useAct(() => api.stop(id), ['running']);
  const isTold = stop.isPending || stop.isSuccess;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => stop.mutate(undefined)}
        disabled={isTold}
        aria-label={`Stop ${legible(name)}`}
      >
        {isTold ? 'Stops…' : 'Stop'}
      </Button>
      {stop.error === null ? null : <Trouble error={stop.error} />}
    </>
  );
}
