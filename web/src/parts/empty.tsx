// What stands where there is nothing yet: what would be here, and how it comes.
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

interface EmptyProps {
  readonly title: string;
  /** The only title of its place. */
  readonly alone?: boolean;
  readonly children: ReactNode;
}

export function Empty({ title, alone = false, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <Title order={alone ? 1 : 2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={460} component="div" className={classes.says}>
        {children}
      </Text>
    </Stack>
  );
}
