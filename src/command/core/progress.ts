// Progress as a line tells it: bytes, entries, a share, or a text.
import { type Fields, numberIn } from './rules.ts';

interface Progress {
  readonly text?: string;
  readonly value?: number;
  readonly max?: number;
  readonly bytes?: number;
  readonly bytesMax?: number;
}

export function progressOf(fields: Fields): Progress {
  const { text } = fields;
  const value = numberIn(fields.value);
  const max = numberIn(fields.max);
  const bytes = numberIn(fields.bytes);
  const bytesMax = numberIn(fields.bytesMax);
  const percent = percentOf(fields);
  return {
    ...(text === undefined ? {} : { text }),
    ...(value === null ? {} : { value }),
    ...(max === null ? {} : { max }),
    ...(bytes === null ? {} : { bytes }),
    ...(bytesMax === null ? {} : { bytesMax }),
    ...(percent === null || value !== null ? {} : { value: percent, max: 100 }),
  };
}

function percentOf({ percent, share }: Fields): number | null {
  const told = numberIn(percent) ?? (numberIn(share) === null ? null : Number(share) * 100);
  return told === null ? null : Math.min(100, Math.max(0, Math.round(told)));
}
