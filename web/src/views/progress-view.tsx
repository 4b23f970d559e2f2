// What runs now: how far, how fast, how long still; and the three things a person may want of it.
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import * as api from '../data/api.ts';
import { runningQuery, useAct } from '../data/queries.ts';
import { amounts } from '../parts/amounts.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { SessionCard } from './progress/session-card.tsx';

export function ProgressView() {
  return (
    <Loaded query={useQuery(runningQuery)}>
      {(running) =>
        running.length === 0 ? (
          <Empty title="Nothing runs now" alone>
            <Text>
              “Run” on an item starts it.{' '}
              <Anchor component={Link} to="/history" underline="always">
                What was done before
              </Anchor>
            </Text>
          </Empty>
        ) : (
          <Stack gap="md">
            <Group justify="space-between">
              <Title order={1} size="h2">
                Progress
              </Title>
              {running.length === 1 ? null : (
                <StopAll
                  key={running.map(({ session }) => session).join()}
                  count={running.length}
                />
              )}
            </Group>
            {running.map((session) => (
              <SessionCard key={session.session} running={session} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function StopAll({ count }: { readonly count: number }) {
  const stop = useAct(() => api.stop(null), ['running']);
  return (
    <>
      <Button
        variant="default"
        onClick={() => stop.mutate(undefined)}
        loading={stop.isPending}
        disabled={stop.isSuccess}
      >
        Stop all {amounts.count(count)}
      </Button>
      {stop.error === null ? null : <Trouble error={stop.error} />}
    </>
  );
}
