// A partnership: its name and standing, and with one item all that is to be said of it.
import { Badge, Button, Checkbox, Text } from '@mantine/core';
import type { Group } from '../../core/groups.ts';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import { Name } from '../../parts/name.tsx';
import { Spark } from '../../parts/spark.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';
import { keyOf } from './bulk-bar.tsx';
import { Facts } from './facts.tsx';
import { GroupMenu } from './group-menu.tsx';
import classes from './items-table.module.css';

export interface RowProps {
  readonly group: Group;
  readonly ticked: ReadonlySet<string>;
  onTick(keys: readonly string[], on: boolean): void;
}

export function GroupRow({ group, ticked, onTick }: RowProps) {
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
        </div>
        {only !== undefined && another === undefined ? (
          <Facts item={only.item} />
        ) : (
          <Text size="xs" c="dimmed">
            {rows.length} items
          </Text>
        )}
      </div>
      <GroupActions group={group} />
    </div>
  );
}

function GroupActions({ group }: { readonly group: Group }) {
  const { name, worst } = group;
  const run = useAct(
    (planOnly: boolean) =>
      api.invoke({
        trigger: 'manual',
        partnerships: [name],
        startNow: true,
        waits: true,
        planOnly,
      }),
    ['running', 'items', 'plans'],
  );
  const stop = useAct(() => api.stop(name), ['running']);
  const isBusy = worst.tone === 'busy';
  return (
    <div className={classes.actions}>
      {isBusy ? (
        <Button size="xs" variant="default" onClick={() => stop.mutate(undefined)}>
          Stop
        </Button>
      ) : (
        <Button size="xs" variant="light" onClick={() => run.mutate(false)} loading={run.isPending}>
          Run
        </Button>
      )}
      <GroupMenu group={group} run={run.mutate} />
    </div>
  );
}
