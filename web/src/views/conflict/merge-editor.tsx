// A third text out of the two: chosen piece by piece, then free to be edited. It becomes the content of both
// sides; what they have now goes where replaced files go, and the decision can be taken back like any other.
import {
  Button,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useMemo, useState } from 'react';
import { legible, unseenIn } from '../../core/hostile.ts';
import { type Block, blocksOf, mergedText, type Take, withLineEndsOf } from '../../core/merging.ts';
import { merge } from '../../data/inbox.ts';
import { useAct } from '../../data/queries.ts';
import type { ConflictShape } from '../../data/shapes.ts';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './merge-editor.module.css';

interface MergeEditorProps {
  readonly conflict: ConflictShape;
  readonly sides: readonly [string, string];
  readonly left: string;
  readonly right: string;
}

export function MergeEditor(props: MergeEditorProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Editor {...props} onClose={() => setOpen(false)} />;
  return (
    <Group>
      <Button variant="default" onClick={() => setOpen(true)}>
        Merge by hand…
      </Button>
      <Text size="sm" c="dimmed">
        Take pieces of both, or write it anew.
      </Text>
    </Group>
  );
}

interface EditorProps extends MergeEditorProps {
  onClose(): void;
}

function Editor({ conflict, sides, left, right, onClose }: EditorProps) {
  const blocks = useMemo(() => blocksOf(left, right), [left, right]);
  const [takes, setTakes] = useState<Readonly<Record<number, Take>>>({});
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? mergedText(blocks, takes);
  const save = useAct(
    () => merge(conflict.id, withLineEndsOf(text, [left, right]), conflict.version),
    ['conflicts', 'items'],
  );
  return (
    <Paper withBorder p="md" component="section" aria-label="Merge by hand">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Merge by hand
        </Title>
        <Pieces
          blocks={blocks}
          sides={sides}
          takes={takes}
          isOff={edited !== null}
          onTake={(number, take) => setTakes({ ...takes, [number]: take })}
        />
        <Textarea
          label="What both sides shall have"
          description="Edit it freely."
          autosize
          minRows={6}
          maxRows={24}
          classNames={{ input: classes.text }}
          spellCheck={false}
          value={text}
          onChange={(event) => setEdited(event.currentTarget.value)}
        />
        <Hidden text={text} />
        {save.error === null ? null : <Trouble error={save.error} />}
        <Group justify="flex-end">
          {edited === null ? null : (
            <Button variant="subtle" color="gray" onClick={() => setEdited(null)}>
              Drop my edits
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
            Keep this text on both sides
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** A field to write in shows the text as it is, and so not all of it. */
function Hidden({ text }: { readonly text: string }) {
  const codes = useMemo(() => unseenIn(text), [text]);
  if (codes.length === 0) return null;
  return (
    <Text size="sm" role="status">
      In this text are characters that cannot be seen, or change how others are seen:{' '}
      {codes.slice(0, codesMax).join(', ')}
      {codes.length > codesMax ? ', …' : ''}
    </Text>
  );
}

const codesMax = 12;

interface PiecesProps {
  readonly blocks: readonly Block[];
  readonly sides: readonly [string, string];
  readonly takes: Readonly<Record<number, Take>>;
  /** Whoever edits by hand has the last word. */
  readonly isOff: boolean;
  onTake(number: number, take: Take): void;
}

/** More are chosen in the text itself. */
const piecesMax = 40;

function Pieces({ blocks, sides, takes, isOff, onTake }: PiecesProps) {
  const differing = blocks.filter((block) => block.kind === 'differs');
  if (differing.length > piecesMax) return null;
  return (
    <Stack gap={6}>
      {differing.map(({ number, left, right }) => (
        <div key={number} className={classes.piece}>
          <Excerpt lines={left} />
          <Excerpt lines={right} />
          <SegmentedControl
            size="xs"
            disabled={isOff}
            aria-label={`Piece ${number + 1} of ${differing.length}`}
            value={takes[number] ?? 'both'}
            onChange={(take) => onTake(number, take as Take)}
            data={[
              { value: 'left', label: legible(sides[0]) },
              { value: 'both', label: 'both' },
              { value: 'right', label: legible(sides[1]) },
            ]}
          />
        </div>
      ))}
    </Stack>
  );
}

const shown = 3;

function Excerpt({ lines }: { readonly lines: readonly string[] }) {
  return (
    <span className={classes.excerpt}>
      {lines.length === 0
        ? '(nothing)'
        : legible(lines.slice(0, shown).join('').trimEnd().replaceAll('\n', ' ⏎ '))}
      {lines.length > shown ? ` … ${lines.length} lines` : ''}
    </span>
  );
}
