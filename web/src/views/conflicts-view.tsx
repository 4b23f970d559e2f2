// The inbox: what both sides changed, over all handlers.
import { Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { disputeOf } from '../core/choices.ts';
import { conflictsQuery } from '../data/queries.ts';
import type { ConflictShape } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { ConflictRows } from './conflict/conflict-rows.tsx';

export function ConflictsView() {
  const [shown, setShown] = useState<'open' | 'all'>('open');
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Conflicts
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Which conflicts"
          value={shown}
          onChange={(value) => setShown(value as typeof shown)}
          data={[
            { value: 'open', label: 'Waiting' },
            { value: 'all', label: 'All' },
          ]}
        />
      </Group>
      <Loaded query={useQuery(conflictsQuery(shown === 'open'))}>
        {(conflicts) => <Inbox conflicts={conflicts} />}
      </Loaded>
    </Stack>
  );
}

/** Fewer are seen at a glance. */
const searchedFrom = 9;

function Inbox({ conflicts }: { readonly conflicts: readonly ConflictShape[] }) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const fitting = useMemo(() => fittingOf(conflicts, wanted), [conflicts, wanted]);
  if (conflicts.length === 0) {
    return (
      <Empty title="No conflict waits">
        <Text>
          Where both sides changed the same thing differently, neither is touched: both versions
          wait here until you say which one to keep. Each decision can be taken back.
        </Text>
      </Empty>
    );
  }
  return (
    <Stack gap="xs">
      {conflicts.length < searchedFrom && search === '' ? null : (
        <TextInput
          type="search"
          aria-label="Search the conflicts"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {fitting.length === 0 ? (
        <Text c="dimmed">
          Nothing fits “<Name text={search} />
          ”. Paths, names of partnerships and what is in dispute are looked at.
        </Text>
      ) : (
        <ConflictRows conflicts={fitting} />
      )}
    </Stack>
  );
}

function fittingOf(conflicts: readonly ConflictShape[], search: string): readonly ConflictShape[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return conflicts;
  return conflicts.filter((one) =>
    [one.subject, one.partnership.name, disputeOf(one)].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
}
