// One conflict: the versions side by side, what differs, and the decision.
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { decisionOf, disputeOf } from '../core/choices.ts';
import * as api from '../data/api.ts';
import { conflictQuery, conflictTextsQuery, useAct } from '../data/queries.ts';
import type { ConflictShape } from '../data/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { Choices } from './conflict/choices.tsx';
import { MergeEditor } from './conflict/merge-editor.tsx';
import { TextDiff } from './conflict/text-diff.tsx';
import { Versions } from './conflict/versions.tsx';

export function ConflictView() {
  const { id } = useParams({ strict: false }) as { readonly id: string };
  return (
    <Loaded query={useQuery(conflictQuery(id))}>
      {(conflict) => <Conflict conflict={conflict} />}
    </Loaded>
  );
}

function Conflict({ conflict }: { readonly conflict: ConflictShape }) {
  const texts = useQuery(conflictTextsQuery(conflict.id, conflict.version)).data?.sides ?? [];
  const [left, right] = texts;
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h3">
          <Name text={conflict.subject} max={120} />
        </Title>
        <Text size="sm" c="dimmed">
          <Name text={conflict.partnership.name} max={60} />, {disputeOf(conflict)}, since{' '}
          <Moment at={conflict.openedAt} />
        </Text>
      </div>
      {conflict.state === 'open' ? (
        <Choices conflict={conflict} />
      ) : (
        <Settled conflict={conflict} />
      )}
      <Versions conflict={conflict} />
      {left?.text != null && right?.text != null ? (
        <>
          <TextDiff sides={[left.side, right.side]} left={left.text} right={right.text} />
          {conflict.state === 'open' ? (
            <MergeEditor
              key={conflict.version}
              conflict={conflict}
              sides={[left.side, right.side]}
              left={left.text}
              right={right.text}
            />
          ) : null}
        </>
      ) : null}
    </Stack>
  );
}

function Settled({ conflict }: { readonly conflict: ConflictShape }) {
  const undo = useAct(() => api.undo(conflict.id), ['conflicts', 'items']);
  const isGone = conflict.state === 'gone';
  return (
    <Alert color="teal" title={isGone ? 'It went by itself' : 'Decided'}>
      <Group justify="space-between">
        <Text size="sm">
          {isGone ? 'Both sides are the same again.' : `${decisionOf(conflict)},`}{' '}
          <Moment at={conflict.resolvedAt} />
        </Text>
        <Group gap="xs">
          {conflict.undoable ? (
            <Button
              size="xs"
              variant="default"
              loading={undo.isPending}
              onClick={() => undo.mutate(undefined)}
            >
              Undo
            </Button>
          ) : null}
          <Button size="xs" variant="subtle" component={Link} to="/conflicts">
            All conflicts
          </Button>
        </Group>
      </Group>
      {undo.error === null ? null : <Trouble error={undo.error} />}
    </Alert>
  );
}
