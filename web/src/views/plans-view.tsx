// The plans that wait for a person.
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { plansQuery } from '../data/queries.ts';
import type { PlanShape } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { Tag } from '../parts/tag.tsx';

export function PlansView() {
  return (
    <Loaded query={useQuery(plansQuery)}>
      {(plans) =>
        plans.length === 0 ? (
          <Empty title="No plan waits" alone>
            <Text>
              A run that would delete or overwrite unusually much stops before it changes anything,
              and its plan waits here for you. “Make a plan only” on an item puts one here too.
            </Text>
          </Empty>
        ) : (
          <Stack>
            <Title order={1} size="h2">
              Plans
            </Title>
            {plans.map((plan) => (
              <Paper key={plan.hash} withBorder p="md">
                <Group justify="space-between">
                  <Group gap="xs">
                    <Anchor component={Link} to={`/plans/${plan.hash}`} fw={650}>
                      <Name text={plan.partnership.name} max={60} />
                    </Anchor>
                    {plan.halts.length === 0 ? null : <Tag color="yellow">a guard stopped it</Tag>}
                  </Group>
                  <Text size="sm" c="dimmed">
                    <Moment at={plan.createdAt} />
                  </Text>
                </Group>
                <Text size="sm" mt={4}>
                  {changesOf(plan)}
                  {plan.bytes === 0 ? '' : `, ${amounts.size(plan.bytes)}`}
                </Text>
                {plan.halts.map(({ guard, side, text }) => (
                  <Text key={`${guard}${side}`} size="sm" c="dimmed">
                    <Name text={text} max={400} />
                  </Text>
                ))}
              </Paper>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function changesOf({ counts }: PlanShape): string {
  const count = Object.values(counts).reduce((sum, one) => sum + one, 0);
  return count === 1 ? '1 change' : `${amounts.count(count)} changes`;
}
