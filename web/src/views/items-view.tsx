// What is kept in step, and how it stands: the first thing a person sees.
import { Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { groupsOf } from '../core/groups.ts';
import { itemsQuery, runningQuery } from '../data/queries.ts';
import type { ItemShape } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { BulkBar } from './items/bulk-bar.tsx';
import { ItemsTable } from './items/items-table.tsx';
import { PausedBanner } from './items/paused-banner.tsx';

export function ItemsView() {
  return <Loaded query={useQuery(itemsQuery)}>{(items) => <Items items={items} />}</Loaded>;
}

function Items({ items }: { readonly items: readonly ItemShape[] }) {
  const running = useQuery(runningQuery).data ?? noRunning;
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const groups = useMemo(() => groupsOf({ items, running }, wanted), [items, running, wanted]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  if (items.length === 0) return <FirstSteps />;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <Title order={1} size="h2">
          Items
        </Title>
        <Group gap="xs">
          <TextInput
            type="search"
            aria-label="Search the items"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Button component={Link} to="/add" variant="default">
            Add…
          </Button>
        </Group>
      </Group>
      <PausedBanner />
      <BulkBar ticked={ticked} groups={groups} onDone={() => setTicked(new Set())} />
      {groups.length === 0 ? (
        <Text c="dimmed">
          Nothing fits “<Name text={search} />
          ”. Names of partnerships, items and handlers are looked at.
        </Text>
      ) : (
        <ItemsTable groups={groups} ticked={ticked} onTick={setTicked} />
      )}
    </Stack>
  );
}

const noRunning = [] as const;

function FirstSteps() {
  return (
    <Empty title="Nothing is kept in step yet" alone>
      <Stack gap="sm" align="center">
        <Text>
          Name two folders, and they stay the same: what one changes, the other gets. Whatever is
          replaced or deleted on the way is kept in a trash first.
        </Text>
        <Button component={Link} to="/add">
          Add the first two folders
        </Button>
        <Text size="sm">
          Mail, calendars, repositories and any command work too.{' '}
          <Anchor component={Link} to="/handlers" underline="always">
            See who can do what
          </Anchor>
        </Text>
      </Stack>
    </Empty>
  );
}
