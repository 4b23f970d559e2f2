// What was reported: lines by level, and those that can be followed.
import { Button, Chip, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { logQuery } from '../data/queries.ts';
import type { LogLine } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ReportLine } from './results/report-line.tsx';

const levels = ['error', 'warning', 'information'] as const;
const names = { error: 'Errors', warning: 'Warnings', information: 'Information' } as const;
const first = 1_000;
/** What the API gives at once. */
const most = 10_000;

export function ResultsView() {
  const [chosen, setChosen] = useState<string[]>(['error', 'warning']);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [limit, setLimit] = useState(first);
  const query = {
    limit,
    levels: levels.filter((level) => chosen.length === 0 || chosen.includes(level)),
    ...(wanted === '' ? {} : { search: wanted }),
  };
  return (
    <Stack>
      <Title order={1} size="h2">
        Results
      </Title>
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
      <Loaded query={useQuery(logQuery(query))}>
        {(lines) => (
          <>
            <Lines lines={lines} />
            {lines.length < limit || limit >= most ? null : (
              <Button variant="default" onClick={() => setLimit(most)}>
                Show older ones too
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const place = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => 58,
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  if (lines.length === 0) {
    return (
      <Empty title="Nothing was reported">
        <Text>Problems of a run stand here, each with what can be done about it.</Text>
      </Empty>
    );
  }
  return (
    <Paper withBorder>
      <div ref={place} style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <div
              key={key}
              data-index={index}
              ref={rows.measureElement}
              style={{
                position: 'absolute',
                insetInline: 0,
                transform: `translateY(${start - rows.options.scrollMargin}px)`,
              }}
            >
              <ReportLine line={line} />
            </div>
          );
        })}
      </div>
    </Paper>
  );
}
