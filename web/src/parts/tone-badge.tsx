// A standing as a word with a colour. The word says it all; the colour only helps.
import { Badge } from '@mantine/core';
import type { Standing, Tone } from '../core/standing.ts';

const colors: Readonly<Record<Tone, string>> = {
  good: 'teal',
  busy: 'blue',
  wait: 'yellow',
  bad: 'red',
  quiet: 'gray',
};

export function ToneBadge({ standing }: { readonly standing: Standing }) {
  return (
    <Badge color={colors[standing.tone]} variant="light" tt="none" autoContrast>
      {standing.word}
    </Badge>
  );
}
