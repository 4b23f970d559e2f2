// How one partnership runs by itself: its times, what must hold, which items, what if it fails. It is
// kept in the partnership's own file.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useFileDraft } from '../data/file-draft.ts';
import { fileQuery } from '../data/settings-queries.ts';
import type { KeptFile } from '../data/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { SaveBar } from '../parts/save-bar.tsx';
import { Alarms } from './terms/alarms.tsx';
import { Conditions } from './terms/conditions.tsx';
import { Fixed } from './terms/fixed.tsx';
import { Ticks } from './terms/ticks.tsx';
import { Transfer } from './terms/transfer.tsx';
import { Triggers } from './terms/triggers.tsx';

export function TermsView() {
  const { partnership } = useParams({ strict: false }) as { readonly partnership: string };
  return (
    <Stack maw={820}>
      <div>
        <Anchor component={Link} to="/schedule" size="sm">
          Schedule
        </Anchor>
        <Title order={1} size="h2">
          <Name text={partnership} max={60} />
        </Title>
      </div>
      <Loaded query={useQuery(fileQuery(partnership))}>
        {(file) => <Terms key={partnership} partnership={partnership} file={file} />}
      </Loaded>
    </Stack>
  );
}

/** Where what is wrong is shown beside it. */
const fields = [
  'triggers/schedule',
  'triggers/idle',
  'triggers/change',
  'conditions/networks',
  'conditions/reachable',
  'conditions/battery',
  'conditions/between',
  'retry/first',
  'retry/max',
  'fresh-within',
  'priority',
  'notify/after',
  'bandwidth',
  'bandwidth-times',
  'max-delete',
  'trash-days',
];

function Terms({ partnership, file }: { readonly partnership: string; readonly file: KeptFile }) {
  const draft = useFileDraft(partnership, file, fields);
  const isFolder = (file.fixed.handler ?? 'folder') === 'folder';
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <Triggers draft={draft} partnership={partnership} />
      <Conditions draft={draft} />
      <Ticks partnership={partnership} />
      <Alarms draft={draft} />
      <Transfer draft={draft} isFolder={isFolder} />
      <Fixed file={file} />
      <SaveBar draft={draft} />
      <Text size="xs" c="dimmed">
        Everything stands in one file, with your comments: <Name text={file.file} />
      </Text>
    </Stack>
  );
}
