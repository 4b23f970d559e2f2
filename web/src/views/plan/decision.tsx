// The verbs, each with what it does. Approving what deletes takes a second step that names the count.
import { Button, Modal, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { uniting } from '../../core/begin-anew.ts';
import { whatIsKept } from '../../core/kept.ts';
import { countsOf, whatItDoes } from '../../core/verbs.ts';
import * as api from '../../data/api.ts';
import { pair } from '../../data/inbox.ts';
import { partnershipsQuery, useAct } from '../../data/queries.ts';
import type { PairDraft, PlanShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './decision.module.css';

const touches = ['plans', 'plan', 'items', 'running'] as const;

export function Decision({ plan }: { readonly plan: PlanShape }) {
  const [isAsking, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const toProgress = () => void navigate({ to: '/progress' });
  const toPlans = () => void navigate({ to: '/plans' });
  const approve = useAct(() => api.approve(plan.hash), touches, toProgress);
  const reject = useAct(() => api.reject(plan.hash), touches, toPlans);
  const anew = useAct((draft: PairDraft) => beginAnew(plan, draft), touches, toProgress);
  const whose = useQuery(partnershipsQuery).data?.find(({ id }) => id === plan.partnership.id);
  const draft = whose === undefined ? null : uniting(whose);
  const deletions = countsOf(plan)
    .filter(({ kind }) => kind === 'delete')
    .reduce((sum, { count }) => sum + count, 0);
  const goOn = () => approve.mutate(undefined);
  const canApprove = plan.halts.every(({ approvable }) => approvable);
  const error = approve.error ?? reject.error ?? anew.error;
  const does = whatItDoes(plan, amounts.count);
  return (
    <Paper withBorder p="md" component="section" aria-label="Your decision">
      <Stack gap="sm">
        <Verb does={canApprove ? `Carries out exactly this plan: ${does}.` : notApprovable}>
          <Button
            fullWidth
            disabled={!canApprove}
            loading={approve.isPending}
            onClick={deletions > 0 ? asking.open : goOn}
          >
            Approve
          </Button>
        </Verb>
        <Verb does="Drops this plan. Nothing is changed; the next run looks anew.">
          <Button
            fullWidth
            variant="default"
            loading={reject.isPending}
            onClick={() => reject.mutate(undefined)}
          >
            Reject
          </Button>
        </Verb>
        {draft === null ? null : (
          <Verb does="Drops this plan and deletes nothing: what only one side has comes back on the other.">
            <Button
              fullWidth
              variant="default"
              loading={anew.isPending}
              onClick={() => anew.mutate(draft)}
            >
              Begin anew
            </Button>
          </Verb>
        )}
        {error === null ? null : <Trouble error={error} />}
      </Stack>
      <Confirm
        opened={isAsking}
        does={does}
        deletions={deletions}
        kept={whatIsKept(whose)}
        onNo={asking.close}
        onYes={() => {
          asking.close();
          goOn();
        }}
      />
    </Paper>
  );
}

const notApprovable =
  'Not possible: put right what is named above, then run it again. Nothing was changed.';

function Verb({ does, children }: { readonly does: string; readonly children: ReactNode }) {
  return (
    <div className={classes.verb}>
      {children}
      <Text size="sm">{does}</Text>
    </div>
  );
}

/** Dropped first: a session that waits for the decision holds both folders. */
async function beginAnew({ hash }: PlanShape, draft: PairDraft): Promise<void> {
  await api.reject(hash);
  const { id } = await pair(draft);
  await api.invoke({ trigger: 'manual', partnerships: [id], startNow: true, waits: true });
}

interface ConfirmProps {
  readonly opened: boolean;
  readonly does: string;
  readonly deletions: number;
  /** What becomes of what is deleted. */
  readonly kept: string;
  onNo(): void;
  onYes(): void;
}

function Confirm({ opened, does, deletions, kept, onNo, onYes }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onNo} title={`Delete ${amounts.count(deletions)}?`}>
      <Stack>
        <Text>
          This plan {does}. {kept}
        </Text>
        <div className={classes.answers}>
          <Button variant="default" onClick={onNo} data-autofocus>
            Not now
          </Button>
          <Button color="red" onClick={onYes}>
            Yes, delete {amounts.count(deletions)}
          </Button>
        </div>
      </Stack>
    </Modal>
  );
}
