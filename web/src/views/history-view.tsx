// What ran: one line a session, how long they took, and what came of each. Two can be compared.
import { Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { legible } from '../core/hostile.ts';
import { standingOfPhase } from '../core/standing.ts';
import { partnershipsQuery, sessionsQuery } from '../data/queries.ts';
import type { SessionShape } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Comparison } from './history/comparison.tsx';
import { DurationChart } from './history/duration-chart.tsx';
import { SessionRows } from './history/session-rows.tsx';

/** What the API gives at once would be ten times as many; nobody scrolls so far. */
const newest = 2_000;

const endings = ['succeeded', 'partial', 'failed', 'stopped', 'halted', 'interrupted'] as const;

export function HistoryView() {
  const asked = (useSearch({ strict: false }) as { readonly partnership?: string }).partnership;
  const [partnership, setPartnership] = useState<string | null>(asked ?? null);
  const [ending, setEnding] = useState<string | null>(null);
  const known = useQuery(partnershipsQuery).data ?? [];
  const query = { limit: newest, ...(partnership === null ? {} : { partnership }) };
  return (
    <Stack>
      <Title order={1} size="h2">
        History
      </Title>
      <Group>
        <Select
          aria-label="Of which partnership"
          placeholder="All partnerships"
          data={known.map(({ name }) => ({ value: name, label: legible(name) }))}
          value={partnership}
          onChange={setPartnership}
          limit={100}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': 'All partnerships' }}
        />
        <Select
          aria-label="How it ended"
          placeholder="However it ended"
          data={endings.map((value) => ({ value, label: standingOfPhase(value).word }))}
          value={ending}
          onChange={setEnding}
          clearable
          clearButtonProps={{ 'aria-label': 'However it ended' }}
        />
      </Group>
      <Loaded query={useQuery(sessionsQuery(query))}>
        {(sessions) => <Sessions sessions={sessions} ending={ending} />}
      </Loaded>
    </Stack>
  );
}

interface SessionsProps {
  readonly sessions: readonly SessionShape[];
  readonly ending: string | null;
}

function Sessions({ sessions, ending }: SessionsProps) {
  const wanted = useMemo(
    () => sessions.filter(({ phase }) => ending === null || phase === ending),
    [sessions, ending],
  );
  const [marked, setMarked] = useState<readonly string[]>([]);
  const mark = useCallback((id: string) => setMarked((before) => withMark(before, id)), []);
  if (wanted.length === 0) {
    return (
      <Empty title={sessions.length === 0 ? 'Nothing ran yet' : 'Nothing ended so'}>
        <Text>Each run leaves a line here, with what it did and how long it took.</Text>
      </Empty>
    );
  }
  const chosen = marked.flatMap((id) => sessions.find((one) => one.id === id) ?? []);
  return (
    <Stack>
      <DurationChart sessions={wanted} />
      <Comparison chosen={chosen} onClear={() => setMarked([])} />
      <SessionRows sessions={wanted} marked={marked} onMark={mark} />
      {sessions.length < newest ? null : (
        <Text size="sm" c="dimmed">
          Older ones: syncmgr history --limit
        </Text>
      )}
    </Stack>
  );
}

/** Of three the one that was marked first goes. */
function withMark(marked: readonly string[], id: string): readonly string[] {
  if (marked.includes(id)) return marked.filter((one) => one !== id);
  return [...marked, id].slice(-2);
}
