// The items by partnership. Ten thousand rows are as quick as ten: only those in sight are there.
import { Checkbox, Paper, Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Group } from '../../core/groups.ts';
import { amounts } from '../../parts/amounts.ts';
import { keyOf } from './bulk-bar.tsx';
import { GroupRow } from './group-row.tsx';
import { ItemLine } from './item-line.tsx';
import classes from './items-table.module.css';

interface ItemsTableProps {
  readonly groups: readonly Group[];
  readonly ticked: ReadonlySet<string>;
  /** What follows from what is ticked so far. */
  onTick(change: (before: ReadonlySet<string>) => ReadonlySet<string>): void;
}

type Line =
  | { readonly kind: 'group'; readonly group: Group; readonly open: boolean | null }
  | { readonly kind: 'item'; readonly group: Group; readonly row: Group['rows'][number] };

export function ItemsTable({ groups, ticked, onTick }: ItemsTableProps) {
  const { lines, keys, turn } = useLines(groups);
  const place = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? 76 : 48),
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  const count = useMemo(() => keys.filter((key) => ticked.has(key)).length, [keys, ticked]);
  const tick = useCallback(
    (some: readonly string[], on: boolean) =>
      onTick((before) => {
        const next = new Set(before);
        for (const key of some) on ? next.add(key) : next.delete(key);
        return next;
      }),
    [onTick],
  );
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
          {groups.length === 1 ? '1 partnership' : `${amounts.count(groups.length)} partnerships`}
          {keys.length > groups.length ? `, ${amounts.count(keys.length)} items` : ''}
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
                <GroupRow
                  group={line.group}
                  ticked={ticked}
                  open={line.open}
                  onTick={tick}
                  onTurn={turn}
                />
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

/** Which partnerships are unfolded, and the lines that follow from it. */
function useLines(groups: readonly Group[]) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const keys = useMemo(() => groups.flatMap(keysOf), [groups]);
  const isOpenFirst = keys.length <= openAtFirst;
  const lines = useMemo(
    () => linesOf(groups, ({ id }) => turned.has(id) !== isOpenFirst),
    [groups, turned, isOpenFirst],
  );
  const turn = useCallback(
    (id: string) =>
      setTurned((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  return { lines, keys, turn };
}

/** Beyond so many items each partnership is folded at first. */
const openAtFirst = 300;

/** A partnership with one item is one line: there is nothing to unfold. */
function linesOf(groups: readonly Group[], isOpen: (group: Group) => boolean): readonly Line[] {
  return groups.flatMap((group): Line[] => {
    if (group.rows.length <= 1) return [{ kind: 'group', group, open: null }];
    const open = isOpen(group);
    const head: Line = { kind: 'group', group, open };
    if (!open) return [head];
    return [head, ...group.rows.map((row): Line => ({ kind: 'item', group, row }))];
  });
}

const keysOf = ({ id, rows }: Group): readonly string[] =>
  rows.map(({ item }) => keyOf(id, item.item));
