// A part of a view with a title of its own, and a sentence that says what it is for.
import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly says?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, says, children }: SectionProps) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={2} size="h4" id={id} mb={says === undefined ? 'sm' : 2}>
        {title}
      </Title>
      {says === undefined ? null : (
        <Text size="sm" c="dimmed" mb="sm" maw={640} component="div">
          {says}
        </Text>
      )}
      <Stack gap="sm" align="stretch">
        {children}
      </Stack>
    </Paper>
  );
}
