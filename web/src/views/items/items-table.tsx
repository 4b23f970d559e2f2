// The items by partnership. Ten thousand rows are as quick as ten: only those in sight are there.
import { Checkbox, Paper, Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { Group } from '../../core/groups.ts';
import { keyOf } from './bulk-bar.tsx';
import { GroupRow } from './group-row.tsx';
import { ItemLine } from './item-line.tsx';
import classes from './items-table.module.css';

interface ItemsTableProps {
  readonly groups: readonly Group[];
  readonly ticked: ReadonlySet<string>;
  onTick(ticked: ReadonlySet<string>): void;
}

type Line =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'item'; readonly group: Group; readonly row: Group['rows'][number] };

export function ItemsTable({ groups, ticked, onTick }: ItemsTableProps) {
  const lines = useMemo(() => linesOf(groups), [groups]);
  const place = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? 76 : 48),
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  const keys = lines.flatMap((line) =>
    line.kind === 'item' ? [keyOf(line.group.id, line.row.item.item)] : keysOfSingle(line.group),
  );
  const count = keys.filter((key) => ticked.has(key)).length;
  const tick = (some: readonly string[], on: boolean) => {
    const next = new Set(ticked);
    for (const key of some) on ? next.add(key) : next.delete(key);
    onTick(next);
  };
  return (
    <Paper withBorder className={classes.table}>
      <div className={classes.head}>
        <Checkbox
          aria-label="Tick all"
          checked={count > 0 && count === keys.length}
          indeterminate={count > 0 && count < keys.length}
          onChange={(event) => tick(keys, event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed" fw={600}>
          {groups.length === 1 ? '1 partnership' : `${groups.length} partnerships`}
        </Text>
      </div>
      <div ref={place} style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <div
              key={key}
              data-index={index}
              ref={rows.measureElement}
              className={classes.line}
              style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
            >
              {line.kind === 'group' ? (
                <GroupRow group={line.group} ticked={ticked} onTick={tick} />
              ) : (
                <ItemLine group={line.group} row={line.row} ticked={ticked} onTick={tick} />
              )}
            </div>
          );
        })}
      </div>
    </Paper>
  );
}

/** A partnership with one item is one line: there is nothing to unfold. */
function linesOf(groups: readonly Group[]): readonly Line[] {
  return groups.flatMap((group): Line[] => {
    const head: Line = { kind: 'group', group };
    if (group.rows.length <= 1) return [head];
    return [head, ...group.rows.map((row): Line => ({ kind: 'item', group, row }))];
  });
}

const keysOfSingle = ({ id, rows }: Group): readonly string[] =>
  rows.length === 1 ? rows.map(({ item }) => keyOf(id, item.item)) : [];
