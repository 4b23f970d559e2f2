// One session: all of it, and each of its items.
import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { legible } from '../../core/hostile.ts';
import { standingOfPhase } from '../../core/standing.ts';
import { rateOf, timeLeft } from '../../core/throughput.ts';
import { type SessionProgress, useProgress } from '../../data/progress-store.ts';
import type { ProgressShape, RunningShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';
import { ItemLines } from './item-lines.tsx';
import classes from './progress.module.css';
import { SessionVerbs } from './session-verbs.tsx';

/** Drawn by what is a fifth of the page; it comes with the first bytes that are counted. */
const ThroughputChart = lazy(async () => ({
  default: (await import('./throughput-chart.tsx')).ThroughputChart,
}));

export function SessionCard({ running }: { readonly running: RunningShape }) {
  const live = useProgress(running.session);
  const items = mergedItems(running.items, live);
  const { name } = running.partnership;
  return (
    <Paper withBorder p="md" component="section" aria-label={`Progress of ${legible(name)}`}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="wrap">
          <Group gap="xs">
            <Text fw={650}>
              <Name text={name} max={60} />
            </Text>
            <ToneBadge standing={standingOfPhase(running.phase)} />
            <Text size="xs" c="dimmed">
              began <Moment at={running.startedAt} />
            </Text>
          </Group>
          <SessionVerbs running={running} />
        </Group>
        <Overall items={items} live={live} isHeld={running.phase === 'paused'} />
        <ItemLines
          items={items}
          partnership={running.partnership.id}
          samples={running.phase === 'paused' ? nothing : (live?.itemSamples ?? nothing)}
        />
        {live === undefined || live.bytesMax === 0 ? null : (
          <Suspense fallback={<div className={classes.chart} />}>
            <ThroughputChart samples={live.samples} />
          </Suspense>
        )}
      </Stack>
    </Paper>
  );
}

const nothing: SessionProgress['itemSamples'] = new Map();

function mergedItems(
  listed: readonly ProgressShape[],
  live: SessionProgress | undefined,
): readonly ProgressShape[] {
  if (live === undefined) return listed;
  const known = new Set(listed.map(({ item }) => item));
  const added = [...live.items.values()].filter(({ item }) => !known.has(item));
  return [...listed.map((one) => live.items.get(one.item) ?? one), ...added];
}

interface OverallProps {
  readonly items: readonly ProgressShape[];
  readonly live: SessionProgress | undefined;
  /** Nothing moves, so that a rate would be of something that was. */
  readonly isHeld: boolean;
}

function Overall({ items, live, isHeld }: OverallProps) {
  const bytes = items.reduce((sum, one) => sum + Math.max(0, one.bytes), 0);
  const bytesMax = items.reduce((sum, one) => sum + Math.max(0, one.bytesMax), 0);
  const value = items.reduce((sum, one) => sum + Math.max(0, one.value), 0);
  const max = items.reduce((sum, one) => sum + Math.max(0, one.max), 0);
  const part = bytesMax > 0 ? bytes / bytesMax : max > 0 ? value / max : 0;
  const samples = isHeld ? [] : (live?.samples ?? []);
  const left = timeLeft(samples, bytesMax);
  const known = bytesMax > 0 || max > 0;
  return (
    <div>
      <Progress
        value={known ? part * 100 : 100}
        animated={!known}
        striped={!known}
        size="lg"
        aria-label={known ? amounts.share(part) : 'Under way; how long is not known yet'}
      />
      <Group gap="md" mt={4}>
        {known ? <Text size="sm">{amounts.share(part)}</Text> : null}
        {bytesMax > 0 ? (
          <Text size="sm" c="dimmed">
            {amounts.size(bytes)} of {amounts.size(bytesMax)}
          </Text>
        ) : null}
        {rateOf(samples) > 0 ? (
          <Text size="sm" c="dimmed">
            {amounts.rate(rateOf(samples))}
          </Text>
        ) : null}
        {left === null ? null : (
          <Text size="sm" c="dimmed">
            {amounts.duration(left)} left
          </Text>
        )}
      </Group>
    </div>
  );
}
