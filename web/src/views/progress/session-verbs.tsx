// What can be done with a session that runs. A click shows at once; what came of it follows.
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import * as running from '../../data/running.ts';
import type { RunningShape } from '../../data/shapes.ts';
import { Trouble } from '../../parts/trouble.tsx';

export function SessionVerbs({ running: one }: { readonly running: RunningShape }) {
  const { partnership, phase, request } = one;
  const stop = useAct(() => api.stop(partnership.id), ['running']);
  const isStopping = stop.isPending || stop.isSuccess || phase === 'stopping';
  return (
    <Group gap="xs">
      {phase === 'choosing' ? (
        <Button size="xs" component={Link} to={`/choose/${request}`}>
          Choose the items…
        </Button>
      ) : null}
      {phase === 'awaiting-approval' ? (
        <Button size="xs" component={Link} to="/plans">
          Look at the plan…
        </Button>
      ) : null}
      {isStopping ? null : <PauseButton running={one} />}
      <Button
        size="xs"
        variant="default"
        onClick={() => stop.mutate(undefined)}
        disabled={isStopping}
      >
        {isStopping ? 'Stops…' : 'Stop'}
      </Button>
      {stop.error === null ? null : <Trouble error={stop.error} />}
    </Group>
  );
}

/** Where work can be held: before that there is none, after it only the end. */
const holdable: ReadonlySet<RunningShape['phase']> = new Set(['prepared', 'synchronizing']);

function PauseButton({ running: { partnership, phase } }: { readonly running: RunningShape }) {
  const isPaused = phase === 'paused';
  const turn = useAct(
    () => (isPaused ? running.resumeRunning : running.pauseRunning)(partnership.id),
    ['running'],
  );
  if (!isPaused && !holdable.has(phase)) return null;
  const label = turn.isPending ? (isPaused ? 'Goes on…' : 'Pauses…') : isPaused ? 'Go on' : 'Pause';
  return (
    <>
      <Button
        size="xs"
        variant={isPaused ? 'light' : 'default'}
        onClick={() => turn.mutate(undefined)}
        disabled={turn.isPending}
        aria-label={`${isPaused ? 'Go on with' : 'Pause'} ${legible(partnership.name)}`}
      >
        {label}
      </Button>
      {turn.error === null ? null : <Trouble error={turn.error} />}
    </>
  );
}
