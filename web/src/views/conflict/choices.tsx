// The decision, for this conflict or for all of its kind in the same partnership.
import { Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { choicesOf } from '../../core/choices.ts';
import * as api from '../../data/api.ts';
import { conflictsQuery, useAct } from '../../data/queries.ts';
import type { ConflictShape, Resolution } from '../../data/shapes.ts';
import { Trouble } from '../../parts/trouble.tsx';

export function Choices({ conflict }: { readonly conflict: ConflictShape }) {
  const open = useQuery(conflictsQuery(true)).data ?? [];
  const alike = open.filter(
    ({ id, kind, partnership }) =>
      id !== conflict.id && kind === conflict.kind && partnership.id === conflict.partnership.id,
  );
  const [all, setAll] = useState(false);
  const resolve = useAct(
    (resolution: Resolution) => settle(resolution, [conflict, ...(all ? alike : [])]),
    ['conflicts', 'items'],
  );
  return (
    <Paper withBorder p="md" component="section" aria-label="Your decision">
      <Stack gap="sm">
        {choicesOf(conflict).map(({ label, does, resolution }) => (
          <Group key={label} wrap="nowrap" gap="sm">
            <Button
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
          </Group>
        ))}
        {alike.length === 0 ? null : (
          <Checkbox
            label={`The same for ${alike.length} more of this kind in this partnership`}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
        {resolve.error === null ? null : <Trouble error={resolve.error} />}
      </Stack>
    </Paper>
  );
}

/** One after another; the first that is refused ends it, and the rest still waits. */
async function settle(resolution: Resolution, conflicts: readonly ConflictShape[]): Promise<void> {
  for (const { id, version } of conflicts) await api.resolve(id, resolution, version);
}
