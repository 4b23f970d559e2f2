// What becomes of the changes of a view: kept, given up, or taken back after they were kept.
import { Button, Group, Paper, Text } from '@mantine/core';
import type { FileDraft } from '../data/file-draft.ts';
import { Name } from './name.tsx';
import classes from './save-bar.module.css';
import { Trouble } from './trouble.tsx';

export function SaveBar({ draft }: { readonly draft: FileDraft }) {
  const { isChanged, saved, file, error } = draft;
  const isQuiet = !isChanged && saved === null && error === null && !file.undoable;
  if (isQuiet) return null;
  return (
    <Paper withBorder shadow="md" p="sm" className={classes.bar}>
      {error === null ? null : <Trouble error={error} />}
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status" className={classes.words}>
          {isChanged ? 'Not saved yet' : <Kept draft={draft} />}
        </Text>
        <Group gap="xs">
          {isChanged ? (
            <>
              <Button variant="default" onClick={draft.discard} disabled={draft.isBusy}>
                Discard
              </Button>
              <Button onClick={draft.save} loading={draft.isBusy}>
                Save
              </Button>
            </>
          ) : file.undoable ? (
            <Button variant="default" onClick={draft.undo} loading={draft.isBusy}>
              {saved === 'undone' ? 'Redo' : 'Undo the last change'}
            </Button>
          ) : null}
        </Group>
      </Group>
    </Paper>
  );
}

function Kept({ draft: { saved, file } }: { readonly draft: FileDraft }) {
  const what = saved === 'undone' ? 'Put back as it was, in' : 'Saved and in force, in';
  return (
    <>
      {saved === null ? 'Changed here before, in' : what} <Name text={file.file} max={60} />
    </>
  );
}
