// How long the runs took, newest at the right: what grows slowly is seen here first.
import { Paper, Text } from '@mantine/core';
import type { SessionShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import classes from './duration-chart.module.css';

const shown = 120;
const height = 72;

export function DurationChart({ sessions }: { readonly sessions: readonly SessionShape[] }) {
  const timed = sessions
    .filter(({ durationMs }) => durationMs !== null)
    .slice(0, shown)
    .reverse();
  if (timed.length < 3) return null;
  const top = Math.max(...timed.map(({ durationMs }) => durationMs ?? 0), 1);
  const width = 8;
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed">
        Durations of the last {timed.length} runs, at most {amounts.duration(top)}
      </Text>
      <svg
        viewBox={`0 0 ${timed.length * width} ${height}`}
        preserveAspectRatio="none"
        className={classes.chart}
        role="img"
        aria-label={`Durations of the last ${timed.length} runs, at most ${amounts.duration(top)}`}
      >
        {timed.map(({ id, durationMs, phase }, index) => {
          const bar = Math.max(1, ((durationMs ?? 0) / top) * height);
          return (
            <rect
              key={id}
              x={index * width + 1}
              y={height - bar}
              width={width - 2}
              height={bar}
              className={phase === 'failed' ? classes.failed : classes.fine}
            />
          );
        })}
      </svg>
    </Paper>
  );
}
