// One plan: what it would do, in counts and change by change, and the decision.
import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { planQuery } from '../data/queries.ts';
import type { PlanPage } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { ChangeTree } from './plan/change-tree.tsx';
import { Decision } from './plan/decision.tsx';

/** All of them: the tree needs the whole to count its folders. */
const changesMax = 1_000_000;

export function PlanView() {
  const { hash } = useParams({ strict: false }) as { readonly hash: string };
  return (
    <Loaded query={useQuery(planQuery(hash, changesMax))}>{(page) => <Plan page={page} />}</Loaded>
  );
}

function Plan({ page }: { readonly page: PlanPage }) {
  const { plan, changes, total } = page;
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h2">
          Plan for <Name text={plan.partnership.name} max={60} />
        </Title>
        <Text size="sm" c="dimmed">
          {total === 1 ? '1 change' : `${amounts.count(total)} changes`}, {amounts.size(plan.bytes)}
          , made <Moment at={plan.createdAt} />, {plan.hash.slice(0, 8)}
        </Text>
      </div>
      {plan.halts.map(({ guard, side, text, approvable }) => (
        <Alert
          key={`${guard}${side}`}
          color={approvable ? 'yellow' : 'red'}
          title={approvable ? 'This looks like an accident' : 'This cannot be approved'}
        >
          {text}
        </Alert>
      ))}
      {plan.state === 'open' ? (
        <Decision plan={plan} />
      ) : (
        <Alert color="gray">This plan is {plan.state.replace('-', ' ')}.</Alert>
      )}
      <Group justify="space-between" align="flex-end">
        <Title order={2} size="h4">
          Changes
        </Title>
      </Group>
      <ChangeTree changes={changes} counts={plan} />
    </Stack>
  );
}
