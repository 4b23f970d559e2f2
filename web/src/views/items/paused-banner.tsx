// That nothing starts by itself because a person wished it so, and the way back.
import { Alert, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { pausedQuery } from '../../data/queries.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { PausedText, usePause } from './pause-items.tsx';

export function PausedBanner() {
  const paused = useQuery(pausedQuery).data ?? null;
  const { resume } = usePause([null]);
  if (paused === null) return null;
  return (
    <Alert color="yellow" role="status" title="Everything is paused">
      <Group justify="space-between">
        <span>
          Nothing starts by itself <PausedText paused={paused} />. What you start yourself runs.
        </span>
        <Button
          size="xs"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate(undefined)}
        >
          Resume all
        </Button>
      </Group>
      {resume.error === null ? null : <Trouble error={resume.error} />}
    </Alert>
  );
}
