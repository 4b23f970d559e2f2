// A standing as a word with a colour. The word says it all; the colour only helps.
import type { Standing, Tone } from '../core/standing.ts';
import { Tag, type TagColor } from './tag.tsx';

const colors: Readonly<Record<Tone, TagColor>> = {
  good: 'teal',
  busy: 'blue',
  wait: 'yellow',
  bad: 'red',
  quiet: 'gray',
};

export function ToneBadge({ standing }: { readonly standing: Standing }) {
  return <Tag color={colors[standing.tone]}>{standing.word}</Tag>;
}
