// What the first run would do, before it does: the last step of adding two folders.
import { Alert, Anchor, Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { whatItDoes } from '../../core/verbs.ts';
import * as api from '../../data/api.ts';
import { planQuery, useAct } from '../../data/queries.ts';
import { firstPlanQuery } from '../../data/settings-queries.ts';
import type { PlanPage } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Name } from '../../parts/name.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { ChangeTree } from '../plan/change-tree.tsx';

interface FirstPlanProps {
  readonly name: string;
  onRemoved(): void;
}

export function FirstPlan({ name, onRemoved }: FirstPlanProps) {
  const session = useQuery(firstPlanQuery(name));
  const hash = session.data?.plan ?? null;
  const plan = useQuery({ ...planQuery(hash ?? ''), enabled: hash !== null });
  const remove = useAct(() => api.remove(name), ['items', 'partnerships'], onRemoved);
  const failure = session.data?.result?.error ?? null;
  const error = session.error ?? plan.error ?? (failure && new Error(failure.text));
  return (
    <Paper withBorder p="md" component="section" aria-label="The first plan">
      <Stack gap="sm">
        <Title order={2} size="h4">
          <Name text={name} max={60} /> is added
        </Title>
        {error ? (
          <Trouble error={error} again={() => void session.refetch()} />
        ) : plan.data === undefined ? (
          <Group gap="sm" role="status">
            <Loader size="sm" />
            <Text size="sm">Looking through both folders; nothing is changed…</Text>
          </Group>
        ) : (
          <Found page={plan.data} />
        )}
        <Group gap="sm">
          <Button component={Link} to="/" variant="default">
            Later
          </Button>
          <Button component={Link} to={`/schedule/${encodeURIComponent(name)}`} variant="default">
            Set when it runs
          </Button>
          <Button
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            Take it off the list again
          </Button>
        </Group>
        {remove.error === null ? null : <Trouble error={remove.error} />}
      </Stack>
    </Paper>
  );
}

function Found({ page: { plan, total } }: { readonly page: PlanPage }) {
  const navigate = useNavigate();
  const [kinds, setKinds] = useState<string[]>([]);
  const carryOut = useAct(
    () => api.approve(plan.hash),
    ['running', 'items', 'plans'],
    () => void navigate({ to: '/progress' }),
  );
  if (total === 0) {
    return (
      <Alert color="teal">
        Both folders are the same already. From now on it is known what each of them changes.
      </Alert>
    );
  }
  const halted = plan.halts.length > 0;
  return (
    <>
      <Text>
        The first run {whatItDoes(plan, amounts.count)}: {amounts.size(plan.bytes)}.
      </Text>
      {halted ? (
        <Alert color="yellow">
          A guard objects.{' '}
          <Anchor component={Link} to={`/plans/${plan.hash}`}>
            Look at it
          </Anchor>
        </Alert>
      ) : (
        <Group>
          <Button loading={carryOut.isPending} onClick={() => carryOut.mutate(undefined)}>
            Carry it out
          </Button>
        </Group>
      )}
      {carryOut.error === null ? null : <Trouble error={carryOut.error} />}
      <ChangeTree plan={plan} total={total} kinds={kinds} onKinds={setKinds} />
    </>
  );
}
