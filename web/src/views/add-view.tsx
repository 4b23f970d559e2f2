// Something new to keep in step: two folders, a program that is known, or a handler of one's own.
import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { FoldersForm } from './add/folders-form.tsx';
import { OutlineForm } from './add/outline-form.tsx';

const kinds = [
  {
    value: 'folders',
    label: 'Two folders',
    says: 'What one gets, the other gets. Whatever is replaced or deleted is kept in a trash first.',
  },
  {
    value: 'program',
    label: 'A program',
    says: 'rsync, rclone, restic, git and others do the work; the plan, the progress and the alarm are here.',
  },
  {
    value: 'handler',
    label: 'A handler',
    says: 'Mail, calendars, or whatever you have named under handlers: in config.yaml.',
  },
] as const;

type Kind = (typeof kinds)[number]['value'];

export function AddView() {
  const [kind, setKind] = useState<Kind>('folders');
  return (
    <Stack maw={680}>
      <Title order={1} size="h2">
        Add something to keep in step
      </Title>
      <SegmentedControl
        aria-label="What to add"
        data={kinds.map(({ value, label }) => ({ value, label }))}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
      />
      <Text size="sm" c="dimmed">
        {kinds.find(({ value }) => value === kind)?.says}
      </Text>
      {kind === 'folders' ? (
        <FoldersForm />
      ) : (
        <OutlineForm key={kind} programs={kind === 'program'} />
      )}
    </Stack>
  );
}
