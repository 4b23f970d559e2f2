// A folder of the computer the manager runs on: written, or looked for.
import {
  Button,
  Group,
  Loader,
  Modal,
  ScrollArea,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { legible } from '../core/hostile.ts';
import { foldersQuery } from '../data/settings-queries.ts';
import type { FolderListing } from '../data/shapes.ts';
import classes from './folder-field.module.css';
import { Name } from './name.tsx';
import { Trouble } from './trouble.tsx';

interface FolderFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error?: string | undefined;
  onChange(path: string): void;
}

export function FolderField({ label, hint, value, error, onChange }: FolderFieldProps) {
  const [isOpen, browser] = useDisclosure(false);
  return (
    <>
      <TextInput
        label={label}
        description={hint}
        required
        value={value}
        error={error}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSectionWidth={92}
        rightSection={
          <Button
            size="compact-sm"
            variant="light"
            onClick={browser.open}
            aria-label={`Browse for the ${label.toLowerCase()}`}
          >
            Browse…
          </Button>
        }
      />
      <Modal
        opened={isOpen}
        onClose={browser.close}
        title={`Choose the ${label.toLowerCase()}`}
        size="lg"
      >
        {isOpen ? (
          <Browser
            begin={value}
            onChoose={(path) => {
              onChange(path);
              browser.close();
            }}
          />
        ) : null}
      </Modal>
    </>
  );
}

interface BrowserProps {
  /** Empty: the home folder. */
  readonly begin: string;
  onChoose(path: string): void;
}

function Browser({ begin, onChoose }: BrowserProps) {
  const [path, setPath] = useState<string | null>(begin === '' ? null : begin);
  const { data, error, isFetching } = useQuery(foldersQuery(path));
  if (error !== null) {
    return (
      <Stack>
        <Trouble error={error} />
        <Group>
          <Button variant="default" onClick={() => setPath(null)}>
            To the home folder
          </Button>
        </Group>
      </Stack>
    );
  }
  if (data === undefined) return <Loader size="sm" aria-label="Looking" />;
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" ff="monospace" className={classes.path} aria-live="polite">
          <Name text={data.path} max={200} />
        </Text>
        {isFetching ? <Loader size="xs" aria-label="Looking" /> : null}
      </Group>
      <Folders listing={data} onOpen={setPath} />
      <Group justify="space-between">
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => setPath(null)}>
            Home
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={data.parent === null}
            onClick={() => setPath(data.parent)}
          >
            Up
          </Button>
        </Group>
        <Button onClick={() => onChoose(data.path)}>Choose this folder</Button>
      </Group>
    </Stack>
  );
}

interface FoldersProps {
  readonly listing: FolderListing;
  onOpen(path: string): void;
}

function Folders({ listing: { path, folders, more }, onOpen }: FoldersProps) {
  const [hidden, setHidden] = useState(false);
  const shown = hidden ? folders : folders.filter((name) => !name.startsWith('.'));
  const left = folders.length - shown.length;
  const join = (name: string) => (/[\\/]$/.test(path) ? path + name : `${path}/${name}`);
  return (
    <>
      <ScrollArea.Autosize mah={340} type="auto" className={classes.list}>
        <ul className={classes.folders} aria-label="Folders here">
          {shown.map((name) => (
            <li key={name}>
              <UnstyledButton
                className={classes.folder}
                aria-label={`Open ${legible(name)}`}
                onClick={() => onOpen(join(name))}
              >
                <span aria-hidden>▸</span> <Name text={name} max={80} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {shown.length === 0 ? (
          <Text size="sm" c="dimmed" p="sm">
            No folder stands in this one.
          </Text>
        ) : null}
        {more ? (
          <Text size="sm" c="dimmed" p="sm">
            There are more: write the path.
          </Text>
        ) : null}
      </ScrollArea.Autosize>
      {left > 0 || hidden ? (
        <Button variant="subtle" size="compact-xs" onClick={() => setHidden(!hidden)}>
          {hidden ? 'Hide those that begin with a dot' : `Show ${left} that begin with a dot`}
        </Button>
      ) : null}
    </>
  );
}
