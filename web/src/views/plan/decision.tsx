// The verbs, each with what it does. Approving what deletes takes a second step that names the count.
import { Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { countsOf, whatItDoes } from '../../core/verbs.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import type { PlanShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Trouble } from '../../parts/trouble.tsx';

export function Decision({ plan }: { readonly plan: PlanShape }) {
  const [isAsking, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const touches = ['plans', 'plan', 'items', 'running'] as const;
  const approve = useAct(
    () => api.approve(plan.hash),
    touches,
    () => void navigate({ to: '/progress' }),
  );
  const reject = useAct(
    () => api.reject(plan.hash),
    touches,
    () => void navigate({ to: '/plans' }),
  );
  const deletions = countsOf(plan)
    .filter(({ kind }) => kind === 'delete')
    .reduce((sum, { count }) => sum + count, 0);
  const goOn = () => approve.mutate(undefined);
  const canApprove = plan.halts.every(({ approvable }) => approvable);
  const error = approve.error ?? reject.error;
  const does = whatItDoes(plan, amounts.count);
  return (
    <Paper withBorder p="md" component="section" aria-label="Your decision">
      <Stack gap="sm">
        <Group wrap="nowrap" align="flex-start">
          <Button
            disabled={!canApprove}
            loading={approve.isPending}
            onClick={deletions > 0 ? asking.open : goOn}
          >
            Approve
          </Button>
          <Text size="sm">Carries out exactly this plan: {does}.</Text>
        </Group>
        <Group wrap="nowrap" align="flex-start">
          <Button
            variant="default"
            loading={reject.isPending}
            onClick={() => reject.mutate(undefined)}
          >
            Reject
          </Button>
          <Text size="sm">Drops this plan. Nothing is changed; the next run looks anew.</Text>
        </Group>
        <Text size="sm" c="dimmed">
          Or leave it: it waits. To bring back on each side what only the other has, and delete
          nothing: syncmgr sync LEFT RIGHT --merge
        </Text>
        {error === null ? null : <Trouble error={error} />}
      </Stack>
      <Confirm
        opened={isAsking}
        does={does}
        deletions={deletions}
        onNo={asking.close}
        onYes={() => {
          asking.close();
          goOn();
        }}
      />
    </Paper>
  );
}

interface ConfirmProps {
  readonly opened: boolean;
  readonly does: string;
  readonly deletions: number;
  onNo(): void;
  onYes(): void;
}

function Confirm({ opened, does, deletions, onNo, onYes }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onNo} title={`Delete ${amounts.count(deletions)}?`}>
      <Stack>
        <Text>This plan {does}. What is deleted is kept in the trash of its side first.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onNo} data-autofocus>
            Not now
          </Button>
          <Button color="red" onClick={onYes}>
            Yes, delete {amounts.count(deletions)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
