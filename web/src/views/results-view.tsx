// What was reported: lines by level, and those that can be followed.
import {
  Badge,
  Button,
  Chip,
  CloseButton,
  Group,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { logPagesQuery } from '../data/log-pages.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { ReportLines } from './results/report-lines.tsx';

const levels = ['error', 'warning', 'information'] as const;
const names = { error: 'Errors', warning: 'Warnings', information: 'Information' } as const;

interface Asked {
  readonly partnership?: string;
  readonly session?: string;
}

export function ResultsView() {
  const asked: Asked = useSearch({ strict: false });
  const ofSession = asked.session !== undefined;
  const [chosen, setChosen] = useState<string[]>(ofSession ? [] : ['error', 'warning']);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const lines = useInfiniteQuery(
    logPagesQuery({
      ...asked,
      levels: levels.filter((level) => chosen.length === 0 || chosen.includes(level)),
      ...(wanted === '' ? {} : { search: wanted }),
    }),
  );
  const isNarrow = wanted !== '' || asked.partnership !== undefined;
  return (
    <Stack>
      <Group gap="sm">
        <Title order={1} size="h2">
          Results
        </Title>
        <Of asked={asked} />
      </Group>
      <Group justify="space-between">
        <Chip.Group multiple value={chosen} onChange={setChosen}>
          <Group gap={6} role="group" aria-label="Which levels">
            {levels.map((level) => (
              <Chip key={level} value={level} size="xs">
                {names[level]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput
          type="search"
          aria-label="Search the results"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      <Loaded query={lines}>
        {({ pages }) =>
          pages[0]?.length === 0 ? (
            <Nothing
              title={nothing[isNarrow ? 'asked' : chosen.length > 0 ? 'levels' : 'all']}
              onAll={chosen.length === 0 ? null : () => setChosen([])}
            />
          ) : (
            <ReportLines
              pages={pages}
              hasMore={lines.hasNextPage}
              isComing={lines.isFetchingNextPage}
              onMore={() => void lines.fetchNextPage({ cancelRefetch: false })}
            />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Of({ asked: { partnership, session } }: { readonly asked: Asked }) {
  if (partnership === undefined && session === undefined) return null;
  return (
    <Badge
      size="lg"
      variant="light"
      color="gray"
      tt="none"
      rightSection={
        <CloseButton
          size="xs"
          aria-label="Of everything"
          renderRoot={(props) => <Link to="/results" search={{}} {...props} />}
        />
      }
    >
      {session === undefined ? <Name text={partnership ?? ''} max={40} /> : 'of one run'}
    </Badge>
  );
}

const nothing = {
  asked: 'Nothing of that was reported',
  levels: 'Nothing of these levels was reported',
  all: 'Nothing was reported',
} as const;

interface NothingProps {
  readonly title: string;
  /** Null: every level is shown. */
  readonly onAll: (() => void) | null;
}

function Nothing({ title, onAll }: NothingProps) {
  return (
    <Empty title={title}>
      <Stack align="center" gap="sm">
        <Text>Problems of a run stand here, each with what can be done about it.</Text>
        {onAll !== null ? (
          <Button size="xs" variant="default" onClick={onAll}>
            Show every level
          </Button>
        ) : null}
      </Stack>
    </Empty>
  );
}
