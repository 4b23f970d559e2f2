// The conflicts that are in sight, as a list: of ten thousand a screenful is there.
import { Anchor, Badge, Button, Group, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { decisionOf, disputeOf } from '../../core/choices.ts';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import type { ConflictShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './conflict-rows.module.css';

export function ConflictRows({ conflicts }: { readonly conflicts: readonly ConflictShape[] }) {
  const place = useRef<HTMLOListElement>(null);
  const rows = useWindowVirtualizer({
    count: conflicts.length,
    estimateSize: () => 60,
    getItemKey: (index) => conflicts[index]?.id ?? index,
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  return (
    <Paper withBorder component="section" aria-label="The conflicts">
      <Text size="xs" c="dimmed" fw={600} className={classes.head}>
        {conflicts.length === 1 ? '1 conflict' : `${amounts.count(conflicts.length)} conflicts`}
      </Text>
      <ol ref={place} className={classes.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const conflict = conflicts[index];
          return conflict === undefined ? null : (
            <li
              key={key}
              aria-posinset={index + 1}
              aria-setsize={conflicts.length}
              data-index={index}
              ref={rows.measureElement}
              className={classes.row}
              style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
            >
              <Line conflict={conflict} />
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}

/** Looked at again only when it is another: scrolling moves it, and changes nothing of it. */
const Line = memo(({ conflict }: { readonly conflict: ConflictShape }) => {
  const { id, subject, partnership, state, openedAt, undoable } = conflict;
  const isOpen = state === 'open';
  return (
    <Group justify="space-between" wrap="wrap">
      <div>
        <Anchor component={Link} to={`/conflicts/${id}`} fw={600}>
          <Name text={subject} max={90} />
        </Anchor>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <Name text={partnership.name} max={40} />, {disputeOf(conflict)},{' '}
            <Moment at={openedAt} />
          </Text>
          {isOpen ? null : (
            <Badge size="sm" variant="light" color="gray" tt="none" autoContrast>
              {state === 'gone' ? 'It went by itself' : decisionOf(conflict)}
            </Badge>
          )}
        </Group>
      </div>
      {isOpen ? (
        <Button component={Link} to={`/conflicts/${id}`} size="xs" variant="light">
          Decide
        </Button>
      ) : undoable ? (
        <Undo conflict={conflict} />
      ) : null}
    </Group>
  );
});

function Undo({ conflict: { id, subject } }: { readonly conflict: ConflictShape }) {
  const undo = useAct(() => api.undo(id), ['conflicts', 'items']);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => undo.mutate(undefined)}
        loading={undo.isPending}
        aria-label={`Undo the decision over ${legible(subject)}`}
      >
        Undo
      </Button>
      {undo.error === null ? null : <Trouble error={undo.error} />}
    </>
  );
}
