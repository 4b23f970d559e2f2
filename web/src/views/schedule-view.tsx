// When things run by themselves: each partnership with what starts it and when it comes next.
import { Anchor, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { triggerWords } from '../core/trigger-words.ts';
import { partnershipsQuery } from '../data/queries.ts';
import { freshnessQuery } from '../data/settings-queries.ts';
import type { FreshnessShape, PartnershipShape } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { Tag } from '../parts/tag.tsx';
import classes from './schedule-view.module.css';

export function ScheduleView() {
  const freshness = useQuery(freshnessQuery).data ?? [];
  const next = new Map(freshness.map((one) => [one.partnership.id, one]));
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          Schedule
        </Title>
        <Text size="sm" c="dimmed" maw={640}>
          What each of them waits for to run by itself. Open one to set its times, what must hold,
          and which of its items take part.
        </Text>
      </div>
      <Loaded query={useQuery(partnershipsQuery)}>
        {(all) => <List kept={all.filter(({ adHoc }) => !adHoc)} next={next} />}
      </Loaded>
    </Stack>
  );
}

interface ListProps {
  readonly kept: readonly PartnershipShape[];
  readonly next: ReadonlyMap<string, FreshnessShape>;
}

function List({ kept, next }: ListProps) {
  if (kept.length === 0) {
    return (
      <Empty title="There is nothing to schedule yet">
        What you add can run at fixed times, when a connection comes up, when something changes, or
        while nobody is at the computer.{' '}
        <Anchor component={Link} to="/add" underline="always">
          Add the first
        </Anchor>
      </Empty>
    );
  }
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing="sm" highlightOnHover className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Partnership</Table.Th>
              <Table.Th>Starts when</Table.Th>
              <Table.Th>Next run</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {kept.map((one) => (
              <Row key={one.id} one={one} fresh={next.get(one.id) ?? null} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

interface RowProps {
  readonly one: PartnershipShape;
  readonly fresh: FreshnessShape | null;
}

function Row({ one: { name, triggers, enabled }, fresh }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/schedule/${encodeURIComponent(name)}`}>
          <Name text={name} max={40} />
        </Anchor>
      </Table.Td>
      <Table.Td>
        {triggers.length === 0 ? (
          <Text c="dimmed" size="sm">
            only when you say so
          </Text>
        ) : (
          <Group gap={6}>
            {triggers.map((kind) => (
              <Tag key={kind} color="gray">
                {triggerWords[kind]}
              </Tag>
            ))}
          </Group>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" component="div">
          {enabled ? <Moment at={fresh?.nextRunAt ?? null} none="not at a time" /> : 'switched off'}
        </Text>
        {fresh === null || fresh.heldBy === null ? null : (
          <Text size="xs" c="dimmed">
            <Name text={fresh.heldBy} max={200} />
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
