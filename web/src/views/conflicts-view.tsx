// The inbox: what both sides changed, over all handlers.
import {
  Anchor,
  Badge,
  Button,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { legible } from '../core/hostile.ts';
import * as api from '../data/api.ts';
import { conflictsQuery, useAct } from '../data/queries.ts';
import type { ConflictShape } from '../data/shapes.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { Trouble } from '../parts/trouble.tsx';

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

function Inbox({ conflicts }: { readonly conflicts: readonly ConflictShape[] }) {
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
      {conflicts.map((conflict) => (
        <ConflictLine key={conflict.id} conflict={conflict} />
      ))}
    </Stack>
  );
}

function ConflictLine({ conflict }: { readonly conflict: ConflictShape }) {
  const undo = useAct(() => api.undo(conflict.id), ['conflicts', 'items']);
  const isOpen = conflict.state === 'open';
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="wrap">
        <div>
          <Anchor component={Link} to={`/conflicts/${conflict.id}`} fw={600}>
            <Name text={conflict.subject} max={90} />
          </Anchor>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              <Name text={conflict.partnership.name} max={40} />, {conflict.kind},{' '}
              <Moment at={conflict.openedAt} />
            </Text>
            {isOpen ? null : (
              <Badge size="sm" variant="light" color="gray" tt="none" autoContrast>
                {decided(conflict)}
              </Badge>
            )}
          </Group>
        </div>
        {isOpen ? (
          <Button component={Link} to={`/conflicts/${conflict.id}`} size="xs" variant="light">
            Decide
          </Button>
        ) : conflict.undoable ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => undo.mutate(undefined)}
            loading={undo.isPending}
            aria-label={`Undo the decision over ${legible(conflict.subject)}`}
          >
            Undo
          </Button>
        ) : null}
      </Group>
      {undo.error === null ? null : <Trouble error={undo.error} />}
    </Paper>
  );
}

function decided({ state, resolution }: ConflictShape): string {
  if (state === 'gone') return 'went by itself';
  if (resolution === null) return 'resolved';
  return resolution.choice === 'keep'
    ? `kept the ${resolution.side}`
    : resolution.choice.replace('-', ' ');
}
