// This manager: what holds for all it keeps, how it tells you, who may reach it, and whether it is well.
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFileDraft } from '../data/file-draft.ts';
import { fileQuery } from '../data/settings-queries.ts';
import type { KeptFile } from '../data/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Section } from '../parts/section.tsx';
import { SchemeSwitch } from '../shell/scheme-switch.tsx';
import { About } from './settings/about.tsx';
import { Doctor } from './settings/doctor.tsx';
import { Files } from './settings/files.tsx';
import { Limits } from './settings/limits.tsx';
import { Telling } from './settings/telling.tsx';
import { Tokens } from './settings/tokens.tsx';
import { Usual } from './settings/usual.tsx';

export function SettingsView() {
  return (
    <Stack gap="md" maw={820}>
      <Title order={1} size="h2">
        Settings
      </Title>
      <Loaded query={useQuery(fileQuery(null))}>{(file) => <Kept file={file} />}</Loaded>
      <Tokens />
      <Section title="How the page looks">
        <SchemeSwitch />
        <Text size="sm" c="dimmed">
          Kept in this browser. Motion follows your system; times are in your zone.
        </Text>
      </Section>
      <About />
      <Files />
      <Doctor />
    </Stack>
  );
}

/** Where what is wrong is shown beside it. */
const fields = [
  'defaults/bandwidth',
  'defaults/bandwidth-times',
  'defaults/max-delete',
  'defaults/trash-days',
  'defaults/fresh-within',
  'defaults/notify/after',
  'limits/sessions',
  'limits/history/days',
  'limits/history/sessions',
];

function Kept({ file }: { readonly file: KeptFile }) {
  const draft = useFileDraft(null, file, fields);
  return (
    <Stack
      gap="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <Usual draft={draft} />
      <Telling draft={draft} />
      <Limits draft={draft} />
      <SaveBar draft={draft} />
    </Stack>
  );
}
