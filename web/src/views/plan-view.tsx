// One plan: what it would do, in counts and change by change, and the decision.
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { kindsOf } from '../core/verbs.ts';
import { planQuery } from '../data/queries.ts';
import type { Halt, PlanPage } from '../data/shapes.ts';
import { amounts } from '../parts/amounts.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { ChangeTree } from './plan/change-tree.tsx';
import { Decision } from './plan/decision.tsx';

export function PlanView() {
  const { hash } = useParams({ strict: false }) as { readonly hash: string };
  return <Loaded query={useQuery(planQuery(hash))}>{(page) => <Plan page={page} />}</Loaded>;
}

function Plan({ page }: { readonly page: PlanPage }) {
  const { plan, total } = page;
  const [kinds, setKinds] = useState<string[]>([]);
  const named = (halt: Halt) => kindsOf(halt, plan);
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h2">
          Plan for <Name text={plan.partnership.name} max={60} />
        </Title>
        <Text size="sm" c="dimmed">
          {total === 1 ? '1 change' : `${amounts.count(total)} changes`}
          {plan.bytes === 0 ? '' : `, ${amounts.size(plan.bytes)}`}, made{' '}
          <Moment at={plan.createdAt} />, {plan.hash.slice(0, 8)}
        </Text>
      </div>
      {plan.halts.map((halt) => (
        <Alert
          key={`${halt.item}${halt.guard}${halt.side}`}
          color={halt.approvable ? 'yellow' : 'red'}
          title={halt.approvable ? 'This looks like an accident' : 'This cannot be approved'}
        >
          <Group justify="space-between">
            <Text size="sm">
              <Name text={halt.text} max={400} />
            </Text>
            {named(halt).length === 0 ? null : (
              <Button size="compact-xs" variant="default" onClick={() => setKinds(named(halt))}>
                Show only these
              </Button>
            )}
          </Group>
        </Alert>
      ))}
      {plan.state === 'open' ? (
        <Decision plan={plan} />
      ) : (
        <Alert color="gray">This plan is {plan.state.replace('-', ' ')}.</Alert>
      )}
      <Title order={2} size="h4">
        Changes
      </Title>
      <ChangeTree plan={plan} total={total} kinds={kinds} onKinds={setKinds} />
    </Stack>
  );
}
