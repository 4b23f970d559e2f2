// When a schedule comes next: as the clock of whoever looks shows it, and, where that is another one, as
// the schedule's own clock does.
import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ScheduleForm } from '../../core/terms-form.ts';
import { nextRunsQuery } from '../../data/settings-queries.ts';
import type { NextRuns } from '../../data/shapes.ts';
import { dayAndTime } from '../../parts/moments.ts';
import { ownZone } from '../../parts/zones.ts';
import classes from './next-runs-list.module.css';

interface NextRunsListProps {
  readonly form: ScheduleForm;
  readonly partnership: string;
}

/** Long enough not to ask for every letter. */
const settleMs = 250;

export function NextRunsList({ form, partnership }: NextRunsListProps) {
  const { is, cron, zone, every } = form;
  const draft = is === 'every' ? { every, partnership } : { cron, ...(zone !== '' && { zone }) };
  const [settled] = useDebouncedValue(JSON.stringify(draft), settleMs);
  const { data, error } = useQuery(nextRunsQuery(JSON.parse(settled)));
  if (error !== null) return <Fault text={error.message} />;
  if (data === undefined) return <Text size="sm">…</Text>;
  if (data.fault !== null) return <Fault text={data.fault} />;
  return <Times runs={data} />;
}

function Fault({ text }: { readonly text: string }) {
  return (
    <Text size="sm" className={classes.fault} role="status">
      {text}
    </Text>
  );
}

function Times({ runs: { next, zone } }: { readonly runs: NextRuns }) {
  const isElsewhere = zone !== ownZone && next.some(({ at, wall }) => !isSameClock(at, wall));
  return (
    <div>
      <Text size="xs" c="dimmed">
        Next{isElsewhere ? `, by your clock; in brackets that of ${zone}` : ''}
      </Text>
      <Group gap={8} component="ol" className={classes.times} aria-label="The next runs">
        {next.map(({ at, wall }) => (
          <li key={at}>
            <time dateTime={at}>{dayAndTime(at, undefined)}</time>
            {isElsewhere ? <span className={classes.wall}> ({wall.slice(-5)})</span> : null}
          </li>
        ))}
      </Group>
    </div>
  );
}

function isSameClock(at: string, wall: string): boolean {
  const date = new Date(at);
  const [hour = 0, minute = 0] = wall.slice(-5).split(':').map(Number);
  return date.getHours() === hour && date.getMinutes() === minute;
}
