// A new partnership of two folders.
import {
  Button,
  Group,
  Paper,
  Radio,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import * as api from '../data/api.ts';
import { useAct } from '../data/queries.ts';
import { Trouble } from '../parts/trouble.tsx';

const modes = [
  ['two-way-safe', 'Both ways; what both sides changed waits for you'],
  ['two-way-resolved', 'Both ways; the left wins, the other version goes to the trash'],
  ['one-way-safe', 'Left to right; what only the right changed is left alone'],
  ['one-way-replica', 'The right becomes the left; what goes is in the trash'],
  ['contribute', 'Only what is new goes, left to right'],
] as const;

interface Draft {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly mode: string;
  readonly ignore: readonly string[];
}

export function AddView() {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({
    name: '',
    left: '',
    right: '',
    mode: 'two-way-safe',
    ignore: [],
  });
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const add = useAct(
    () => keep(draft),
    ['items', 'partnerships', 'handlers'],
    () => void navigate({ to: '/' }),
  );
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        Add two folders
      </Title>
      <Paper
        withBorder
        p="md"
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <Stack gap="sm">
          <Fields draft={draft} put={put} />
          {add.error === null ? null : <Trouble error={add.error} />}
          <Group>
            <Button type="submit" loading={add.isPending}>
              Add
            </Button>
            <Text size="sm" c="dimmed">
              Nothing runs yet: look at the plan first, if you like.
            </Text>
          </Group>
        </Stack>
      </Paper>
    </Stack>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  put(change: Partial<Draft>): void;
}

function Fields({ draft, put }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        description="What you call it: letters, digits and . _ -"
        required
        value={draft.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Left folder"
        description="Its whole path, from / on"
        required
        value={draft.left}
        onChange={(event) => put({ left: event.currentTarget.value })}
      />
      <TextInput
        label="Right folder"
        description="A disk, a mounted share, another place on this computer"
        required
        value={draft.right}
        onChange={(event) => put({ right: event.currentTarget.value })}
      />
      <Radio.Group label="Who follows whom" value={draft.mode} onChange={(mode) => put({ mode })}>
        <Stack gap={6} mt={6}>
          {modes.map(([value, text]) => (
            <Radio key={value} value={value} label={text} />
          ))}
        </Stack>
      </Radio.Group>
      <TagsInput
        label="Left out"
        description="Patterns as in a .gitignore"
        value={[...draft.ignore]}
        onChange={(ignore) => put({ ignore })}
      />
    </>
  );
}

const keep = ({ name, left, right, mode, ignore }: Draft) =>
  api.add({
    name,
    handler: 'folder',
    settings: {},
    pair: { left, right, mode, ...(ignore.length === 0 ? {} : { ignore }) },
  });
