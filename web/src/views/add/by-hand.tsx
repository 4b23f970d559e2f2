// What a page may not do itself, made ready to be done by hand: the command, the file, and the sign that it
// is there.
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addCommand, type Outline } from '../../core/outlines.ts';
import { partnershipsQuery } from '../../data/queries.ts';
import type { DraftPreview, JsonObject } from '../../data/shapes.ts';
import { Copied } from '../../parts/copied.tsx';
import { Name } from '../../parts/name.tsx';

interface ByHandProps {
  readonly outline: Outline;
  readonly name: string;
  readonly values: JsonObject;
  readonly preview: DraftPreview;
}

export function ByHand({ outline, name, values, preview }: ByHandProps) {
  const isThere = (useQuery(partnershipsQuery).data ?? []).some((one) => one.name === name);
  if (isThere) {
    return (
      <Alert color="teal" title="It is there" role="status">
        <Anchor component={Link} to="/">
          Look at <Name text={name} max={60} /> among the items
        </Anchor>
      </Alert>
    );
  }
  return (
    <Stack gap="sm" component="section" aria-label="How to add it">
      <Text size="sm">
        It makes the manager run a program, and whoever opened this page in your browser must not be
        able to do that. So you do it yourself: in a terminal on this computer,
      </Text>
      <Copied label="Copy the command" text={addCommand(outline, name, values)} />
      <Text size="sm">
        or as the file <Name text={preview.file} max={80} />
      </Text>
      <Copied label="Copy the file" text={preview.text} />
      <Text size="sm" c="dimmed" role="status">
        This page sees it as soon as it is there.
      </Text>
    </Stack>
  );
}
