// What can be done with the ticked items at once; without ticks, with all.
import { Button, Group, Text } from '@mantine/core';
import type { Group as ItemGroup } from '../../core/groups.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import { Trouble } from '../../parts/trouble.tsx';

interface BulkBarProps {
  /** Keys of items: `partnership id`, a slash, the item. */
  readonly ticked: ReadonlySet<string>;
  readonly groups: readonly ItemGroup[];
  onDone(): void;
}

export const keyOf = (partnership: string, item: string): string => `${partnership}/${item}`;

export function BulkBar({ ticked, groups, onDone }: BulkBarProps) {
  const chosen = chosenIn(groups, ticked);
  const run = useAct(() => runAll(chosen), ['running', 'items'], onDone);
  const enable = useAct(
    (enabled: boolean) => Promise.all(chosen.map(({ name }) => api.setEnabled(name, enabled))),
    ['items', 'partnerships'],
  );
  const isNone = chosen.length === 0;
  const error = run.error ?? enable.error;
  return (
    <>
      <Group gap="xs">
        <Button onClick={() => run.mutate(undefined)} loading={run.isPending}>
          {isNone ? 'Synchronize all' : `Synchronize ${ticked.size}`}
        </Button>
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
          {isNone ? '' : `${ticked.size} ticked`}
        </Text>
      </Group>
      {error === null ? null : <Trouble error={error} />}
    </>
  );
}

interface Chosen {
  readonly name: string;
  /** Null: all of them that are ticked by themselves. */
  readonly items: readonly string[] | null;
}

function chosenIn(groups: readonly ItemGroup[], ticked: ReadonlySet<string>): readonly Chosen[] {
  return groups.flatMap(({ id, name, rows }) => {
    const items = rows.map(({ item }) => item.item).filter((item) => ticked.has(keyOf(id, item)));
    if (items.length === 0) return [];
    return [{ name, items: items.length === rows.length ? null : items }];
  });
}

/** One request for whole partnerships, one for each of which some items are meant. */
async function runAll(chosen: readonly Chosen[]): Promise<void> {
  const base = { trigger: 'manual', startNow: true, waits: true } as const;
  const whole = chosen.filter(({ items }) => items === null).map(({ name }) => name);
  const parts = chosen.filter(({ items }) => items !== null);
  if (chosen.length === 0) await api.invoke({ ...base, partnerships: null });
  if (whole.length > 0) await api.invoke({ ...base, partnerships: whole });
  for (const { name, items } of parts) {
    await api.invoke({ ...base, partnerships: [name], items: items ?? [] });
  }
}
