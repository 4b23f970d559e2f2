// One item of a session that runs: its bar, its words, and Skip.
import { Button, Group, Progress, Text } from '@mantine/core';
import { legible } from '../../core/hostile.ts';
import { rateOf, type Sample, timeLeft } from '../../core/throughput.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import type { ProgressShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Name } from '../../parts/name.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './progress.module.css';

const words: Readonly<Record<ProgressShape['status'], string>> = {
  pending: 'waits',
  updating: 'under way',
  paused: 'paused',
  resuming: 'goes on',
  stopped: 'stopped',
  skipped: 'skipped',
  succeeded: 'done',
  failed: 'failed',
  deleted: 'is gone',
};

const isFinal = (status: ProgressShape['status']) =>
  ['stopped', 'skipped', 'succeeded', 'failed', 'deleted'].includes(status);

interface ItemProgressLineProps {
  readonly item: ProgressShape;
  readonly partnership: string;
  /** What is said of all holds for it: it is not said twice. */
  readonly isOnly: boolean;
  readonly samples: readonly Sample[];
}

export function ItemProgressLine({ item, partnership, isOnly, samples }: ItemProgressLineProps) {
  const skip = useAct(() => api.skip(`${partnership}/${item.item}`), ['running']);
  const isOver = isFinal(item.status);
  const isSkipping = !isOver && (skip.isPending || skip.isSuccess);
  const part = partOf(item);
  return (
    <div className={classes.line}>
      <div>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm" fw={550}>
            <Name text={item.name} max={60} />
          </Text>
          <Text size="xs" c="dimmed" aria-live="polite">
            {isSkipping ? 'is being skipped' : words[item.status]}
            {item.max > 0 ? ` · ${amounts.count(item.value)} of ${amounts.count(item.max)}` : ''}
          </Text>
        </Group>
        <Progress
          value={shareOf(item, part)}
          animated={part === null && item.status === 'updating'}
          color={item.status === 'failed' ? 'red' : isOver ? 'gray' : undefined}
          size="sm"
          aria-label={`${legible(item.name)}: ${part === null ? words[item.status] : amounts.share(part)}`}
        />
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed" className={classes.path} title={legible(item.text)}>
            {item.text === '' ? ' ' : <Name text={item.text} max={110} />}
          </Text>
          <Text size="xs" c="dimmed" className={classes.amounts}>
            {isOnly || item.bytesMax <= 0 ? null : bytesOf(item, isOver ? [] : samples)}
          </Text>
        </Group>
        {skip.error === null ? null : <Trouble error={skip.error} />}
      </div>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => skip.mutate(undefined)}
        disabled={isOver || isSkipping}
        aria-label={`Skip ${legible(item.name)}`}
      >
        Skip
      </Button>
    </div>
  );
}

/** In percent. Where the end is not known the whole bar moves; what has not begun has none. */
function shareOf({ status }: ProgressShape, part: number | null): number {
  if (isFinal(status)) return 100;
  if (part !== null) return part * 100;
  return status === 'pending' ? 0 : 100;
}

/** `12 MiB of 96 MiB · 3 MiB/s · 28 s left`, as far as it can be said. */
function bytesOf({ bytes, bytesMax }: ProgressShape, samples: readonly Sample[]): string {
  const rate = rateOf(samples);
  const left = timeLeft(samples, bytesMax);
  return [
    `${amounts.size(bytes)} of ${amounts.size(bytesMax)}`,
    ...(rate > 0 ? [amounts.rate(rate)] : []),
    ...(left === null ? [] : [`${amounts.duration(left)} left`]),
  ].join(' · ');
}

/** 0 to 1; null while the end is not known. */
function partOf({ bytes, bytesMax, value, max }: ProgressShape): number | null {
  if (bytesMax > 0) return bytes / bytesMax;
  return max > 0 ? value / max : null;
}
