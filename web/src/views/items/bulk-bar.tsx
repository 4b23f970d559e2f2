// What can be done with the ticked items at once; without ticks, with all.
import { Button, Group, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Group as ItemGroup } from '../../core/groups.ts';
import * as api from '../../data/api.ts';
import { pausedQuery, useAct } from '../../data/queries.ts';
import * as running from '../../data/running.ts';
import { amounts } from '../../parts/amounts.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { MomentDialog, PauseItems, usePause } from './pause-items.tsx';

interface BulkBarProps {
  /** Keys of items: `partnership id`, a slash, the item. */
  readonly ticked: ReadonlySet<string>;
  readonly groups: readonly ItemGroup[];
  onDone(): void;
}

export const keyOf = (partnership: string, item: string): string => `${partnership}/${item}`;

export function BulkBar({ ticked, groups, onDone }: BulkBarProps) {
  const chosen = chosenIn(groups, ticked);
  const isNone = chosen.length === 0;
  const run = useAct(() => runAll(chosen), ['running', 'items'], onDone);
  const failed = chosen.filter((one) => one.failed);
  const retry = useAct(
    () => Promise.all(failed.map(({ id }) => running.retry(id))),
    ['running', 'items'],
    onDone,
  );
  const enable = useAct(
    (enabled: boolean) => Promise.all(chosen.map(({ name }) => api.setEnabled(name, enabled))),
    ['items', 'partnerships'],
  );
  const error = run.error ?? enable.error ?? retry.error;
  return (
    <>
      <Group gap="xs">
        <Button onClick={() => run.mutate(undefined)} loading={run.isPending}>
          {isNone ? 'Synchronize all' : `Synchronize ${amounts.count(ticked.size)}`}
        </Button>
        {failed.length === 0 ? null : (
          <Button variant="default" onClick={() => retry.mutate(undefined)}>
            Try again {amounts.count(failed.length)}
          </Button>
        )}
        <PauseButton names={isNone ? everything : chosen.map(({ id }) => id)} />
        {isNone ? null : (
          <>
            <Button variant="default" onClick={() => enable.mutate(true)}>
              Switch on
            </Button>
            <Button variant="default" onClick={() => enable.mutate(false)}>
              Switch off
            </Button>
            <Button variant="subtle" color="gray" onClick={onDone}>
              Clear the ticks
            </Button>
          </>
        )}
        <Text size="sm" c="dimmed" aria-live="polite">
          {isNone ? '' : `${amounts.count(ticked.size)} ticked`}
        </Text>
      </Group>
      {error === null ? null : <Trouble error={error} />}
    </>
  );
}

const everything = [null] as const;

function PauseButton({ names }: { readonly names: readonly (string | null)[] }) {
  const [asksMoment, setAsksMoment] = useState(false);
  const isAll = names[0] === null;
  const allPaused = useQuery(pausedQuery).data ?? null;
  const pause = usePause(names);
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" loading={pause.pause.isPending || pause.resume.isPending}>
            {isAll ? 'Pause all' : 'Pause'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <PauseItems
            paused={isAll ? allPaused : { until: null }}
            pause={pause}
            onAskMoment={() => setAsksMoment(true)}
          />
        </Menu.Dropdown>
      </Menu>
      <MomentDialog opened={asksMoment} pause={pause} onClose={() => setAsksMoment(false)} />
      {pause.error === null || asksMoment ? null : <Trouble error={pause.error} />}
    </>
  );
}

interface Chosen {
  readonly id: string;
  readonly name: string;
  readonly failed: boolean;
  /** Null: all of them that are ticked by themselves. */
  readonly items: readonly string[] | null;
}

function chosenIn(groups: readonly ItemGroup[], ticked: ReadonlySet<string>): readonly Chosen[] {
  if (ticked.size === 0) return [];
  return groups.flatMap(({ id, name, failed, rows }) => {
    const items = rows.map(({ item }) => item.item).filter((item) => ticked.has(keyOf(id, item)));
    if (items.length === 0) return [];
    return [{ id, name, failed, items: items.length === rows.length ? null : items }];
  });
}

/** One request for whole partnerships, one for each of which some items are meant. */
async function runAll(chosen: readonly Chosen[]): Promise<void> {
  const base = { trigger: 'manual', startNow: true, waits: true } as const;
  const whole = chosen.filter(({ items }) => items === null).map(({ id }) => id);
  const parts = chosen.filter(({ items }) => items !== null);
  if (chosen.length === 0) await api.invoke({ ...base, partnerships: null });
  if (whole.length > 0) await api.invoke({ ...base, partnerships: whole });
  for (const { id, items } of parts) {
    await api.invoke({ ...base, partnerships: [id], items: items ?? [] });
  }
}
