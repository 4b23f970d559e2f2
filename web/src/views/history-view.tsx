// What ran: one line a session, how long they took, and what came of each.
import { Group, Paper, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { standingOfPhase } from '../core/standing.ts';
import { countsOf } from '../core/verbs.ts';
import { partnershipsQuery, sessionsQuery } from '../data/queries.ts';
import type { SessionShape } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { ToneBadge } from '../parts/tone-badge.tsx';
import { DurationChart } from './history/duration-chart.tsx';

const shown = 200;

export function HistoryView() {
  const asked = (useSearch({ strict: false }) as { readonly partnership?: string }).partnership;
  const [partnership, setPartnership] = useState<string | null>(asked ?? null);
  const [ending, setEnding] = useState<string | null>(null);
  const names = (useQuery(partnershipsQuery).data ?? []).map(({ name }) => name);
  const query = { limit: 1_000, ...(partnership === null ? {} : { partnership }) };
  return (
    <Stack>
      <Title order={1} size="h2">
        History
      </Title>
      <Group>
        <Select
          aria-label="Of which partnership"
          placeholder="All partnerships"
          data={names}
          value={partnership}
          onChange={setPartnership}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': 'All partnerships' }}
        />
        <Select
          aria-label="How it ended"
          placeholder="However it ended"
          data={['succeeded', 'partial', 'failed', 'stopped', 'halted', 'interrupted']}
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
  if (wanted.length === 0) {
    return (
      <Empty title="Nothing ran yet">
        <Text>Each run leaves a line here, with what it did and how long it took.</Text>
      </Empty>
    );
  }
  return (
    <Stack>
      <DurationChart sessions={wanted} />
      <Paper withBorder>
        <Table.ScrollContainer
          minWidth={640}
          scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': 'Runs' } }}
        >
          <Table verticalSpacing="xs" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>What</Table.Th>
                <Table.Th>How it ended</Table.Th>
                <Table.Th>Why it ran</Table.Th>
                <Table.Th>Changes</Table.Th>
                <Table.Th ta="end">Took</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {wanted.slice(0, shown).map((session) => (
                <SessionLine key={session.id} session={session} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      {wanted.length > shown ? (
        <Text size="sm" c="dimmed">
          The newest {shown} of {amounts.count(wanted.length)}. Older ones: syncmgr history --limit
        </Text>
      ) : null}
    </Stack>
  );
}

function SessionLine({ session }: { readonly session: SessionShape }) {
  const { partnership, phase, trigger, result, startedAt, durationMs } = session;
  const counts = result === null ? [] : countsOf({ counts: result.counts });
  return (
    <Table.Tr>
      <Table.Td>
        <Moment at={startedAt} />
      </Table.Td>
      <Table.Td>
        <Name text={partnership.name} max={48} />
      </Table.Td>
      <Table.Td>
        <ToneBadge standing={standingOfPhase(phase)} />
        {result?.error == null ? null : (
          <Text size="xs" c="dimmed">
            <Name text={result.error.text} max={160} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>{trigger}</Table.Td>
      <Table.Td>
        {counts.length === 0
          ? 'none'
          : counts
              .map(({ side, kind, count }) => `${amounts.count(count)} ${kind} ${side}`)
              .join(', ')}
        {result !== null && result.bytes > 0 ? `, ${amounts.size(result.bytes)}` : ''}
      </Table.Td>
      <Table.Td ta="end">{durationMs === null ? '—' : amounts.duration(durationMs)}</Table.Td>
    </Table.Tr>
  );
}
