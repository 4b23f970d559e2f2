// The decision, for this conflict or for all of its kind in the same partnership.
import { Button, Checkbox, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { choicesOf } from '../../core/choices.ts';
import { hasTrash } from '../../core/kept.ts';
import * as api from '../../data/api.ts';
import { conflictsQuery, partnershipsQuery, useAct } from '../../data/queries.ts';
import type { ConflictShape, Resolution } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './choices.module.css';

export function Choices({ conflict }: { readonly conflict: ConflictShape }) {
  const { partnership, kind } = conflict;
  const open = useQuery(conflictsQuery(true)).data ?? [];
  const partnerships = useQuery(partnershipsQuery).data ?? [];
  const whose = partnerships.find(({ id }) => id === partnership.id);
  const alike = open.filter(
    (one) => one.id !== conflict.id && one.kind === kind && one.partnership.id === partnership.id,
  );
  const [all, setAll] = useState(false);
  const [done, setDone] = useState(0);
  const meant = [conflict, ...(all ? alike : [])];
  const resolve = useAct(
    (resolution: Resolution) => settle(resolution, meant, setDone),
    ['conflicts', 'items'],
  );
  return (
    <Paper withBorder p="md" component="section" aria-label="Your decision">
      <Stack gap="sm">
        {choicesOf(conflict, whose !== undefined && hasTrash(whose)).map(
          ({ label, does, resolution }) => (
            <div key={label} className={classes.choice}>
              <Button
                fullWidth
                size="sm"
                variant="light"
                loading={resolve.isPending}
                onClick={() => resolve.mutate(resolution)}
              >
                {label}
              </Button>
              <Text size="sm" c="dimmed">
                {does}
              </Text>
            </div>
          ),
        )}
        {alike.length === 0 ? null : (
          <Checkbox
            label={`The same for ${amounts.count(alike.length)} more of this kind in this partnership`}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
        {resolve.isPending && meant.length > 1 ? (
          <Progress
            value={(done / meant.length) * 100}
            aria-label={`${amounts.count(done)} of ${amounts.count(meant.length)} decided`}
          />
        ) : null}
        {resolve.error === null ? null : <Trouble error={resolve.error} />}
      </Stack>
    </Paper>
  );
}

/** One after another; the first that is refused ends it, and the rest still waits. */
async function settle(
  resolution: Resolution,
  conflicts: readonly ConflictShape[],
  tell: (done: number) => void,
): Promise<void> {
  tell(0);
  for (const [at, { id, version }] of conflicts.entries()) {
    await api.resolve(id, resolution, version);
    tell(at + 1);
  }
}
