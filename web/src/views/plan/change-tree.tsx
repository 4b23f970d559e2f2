// The changes, folder by folder; of 50,000 rows those in sight are there, and are asked for when they are.
import { Chip, Group, Paper, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { placeOf } from '../../core/folder-rows.ts';
import { legible } from '../../core/hostile.ts';
import { countsOf, resultOf } from '../../core/verbs.ts';
import { type PlanTree, usePlanTree } from '../../data/plan-pages.ts';
import type { PlanShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { ChangeLine, FolderLine, WaitingLine } from './change-lines.tsx';
import classes from './change-tree.module.css';

interface ChangeTreeProps {
  readonly plan: PlanShape;
  readonly total: number;
  /** `side.kind` of those that are shown; none: all. */
  readonly kinds: readonly string[];
  onKinds(kinds: string[]): void;
}

export function ChangeTree({ plan, total, kinds, onKinds }: ChangeTreeProps) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  const tree = usePlanTree(plan.hash, total, { kinds, search });
  return (
    <>
      <Group justify="space-between">
        <Chip.Group multiple value={[...kinds]} onChange={onKinds}>
          <Group gap={6} role="group" aria-label="Show only">
            {countsOf(plan).map(({ side, kind, count }) => (
              <Chip key={`${side}.${kind}`} value={`${side}.${kind}`} size="xs">
                {legible(side)} {resultOf(kind)} {amounts.count(count)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput
          type="search"
          size="xs"
          aria-label="Search the changes"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Group>
      {tree.error === null ? null : <Trouble error={tree.error} />}
      {tree.count === 0 ? (
        <Text c="dimmed">Nothing fits.</Text>
      ) : (
        <Lines tree={tree} isFiltered={kinds.length > 0 || search !== ''} />
      )}
    </>
  );
}

function Lines({ tree, isFiltered }: { readonly tree: PlanTree; readonly isFiltered: boolean }) {
  const { rows, count } = tree;
  const place = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.count,
    estimateSize: () => 32,
    overscan: 16,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  const inSight = virtual.getVirtualItems();
  const places = inSight.flatMap(({ index }) => placeOf(rows, index) ?? []);
  useEffect(() => tree.want(places));
  return (
    <>
      {isFiltered && count !== null ? (
        <Text size="xs" c="dimmed" role="status">
          {amounts.count(count)} fit
        </Text>
      ) : null}
      <Paper withBorder>
        <div ref={place} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {inSight.map(({ key, start, size }, at) => (
            <div
              key={key}
              className={classes.line}
              style={{
                height: size,
                transform: `translateY(${start - virtual.options.scrollMargin}px)`,
                paddingInlineStart: 12 + Math.min(12, places[at]?.depth ?? 0) * 18,
              }}
            >
              <Line tree={tree} place={places[at]} />
            </div>
          ))}
        </div>
      </Paper>
    </>
  );
}

interface LineProps {
  readonly tree: PlanTree;
  readonly place: { readonly folder: string; readonly entry: number } | undefined;
}

function Line({ tree, place }: LineProps) {
  const entry = place === undefined ? null : tree.entryAt(place.folder, place.entry);
  if (entry === null) return <WaitingLine />;
  if (entry.type === 'change') return <ChangeLine change={entry.change} />;
  return <FolderLine folder={entry} open={tree.isOpen(entry.path)} onTurn={tree.turn} />;
}
