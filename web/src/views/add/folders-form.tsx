// Two folders: which, who follows whom, what is left out. Then the first plan, before the first run.
import { Button, Group, Paper, Radio, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { modes } from '../../core/modes.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import type { PartnershipShape } from '../../data/shapes.ts';
import { Field } from '../../parts/field.tsx';
import { FolderField } from '../../parts/folder-field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { FirstPlan } from './first-plan.tsx';

interface Draft {
  /** Empty: as the left folder is called. */
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly mode: string;
  readonly ignore: readonly string[];
}

const nothing: Draft = { name: '', left: '', right: '', mode: 'two-way-safe', ignore: [] };

export function FoldersForm() {
  const [draft, setDraft] = useState(nothing);
  const [added, setAdded] = useState<PartnershipShape | null>(null);
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const add = useAct(
    async () => setAdded(await keep(draft)),
    ['items', 'partnerships', 'handlers'],
  );
  if (added !== null) return <FirstPlan name={added.name} onRemoved={() => setAdded(null)} />;
  return (
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
            Add and look at the plan
          </Button>
          <Text size="sm" c="dimmed">
            Nothing is copied before you say so.
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  put(change: Partial<Draft>): void;
}

function Fields({ draft, put }: FieldsProps) {
  return (
    <>
      <FolderField
        label="Left folder"
        hint="Its whole path, from / on"
        value={draft.left}
        onChange={(left) => put({ left })}
      />
      <FolderField
        label="Right folder"
        hint="A disk, a mounted share, another place on this computer"
        value={draft.right}
        onChange={(right) => put({ right })}
      />
      <Field
        label="Name"
        hint="What you call it: letters, digits and . _ -"
        placeholder={nameOf(draft.left)}
        value={draft.name}
        required={nameOf(draft.left) === ''}
        onChange={(name) => put({ name })}
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
        description="Patterns as in a .gitignore; Enter adds one"
        value={[...draft.ignore]}
        onChange={(ignore) => put({ ignore })}
      />
    </>
  );
}

/** As the folder is called, as far as that can be a name. */
function nameOf(path: string): string {
  const last = path.split(/[\\/]/).findLast((name) => name !== '') ?? '';
  return last.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}._-]+/gu, '').slice(0, 64);
}

const keep = ({ name, left, right, mode, ignore }: Draft) =>
  api.add({
    name: name === '' ? nameOf(left) : name,
    handler: 'folder',
    settings: {},
    pair: { left, right, mode, ...(ignore.length === 0 ? {} : { ignore }) },
  });
