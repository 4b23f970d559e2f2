// Two runs beside each other: what each did, in numbers that can be set against one another.
import type { SessionShape } from '../data/shapes.ts';
import { countsOf, resultOf } from './verbs.ts';

export interface ComparedRow {
  readonly label: string;
  readonly unit: 'duration' | 'size' | 'count';
  /** Null: this run has no such number. */
  readonly earlier: number | null;
  readonly later: number | null;
}

/** The older of the two first. */
export function inOrder(
  one: SessionShape,
  other: SessionShape,
): readonly [earlier: SessionShape, later: SessionShape] {
  return one.startedAt <= other.startedAt ? [one, other] : [other, one];
}

export function comparisonOf(earlier: SessionShape, later: SessionShape): readonly ComparedRow[] {
  const row = (
    label: string,
    unit: ComparedRow['unit'],
    read: (session: SessionShape) => number | null,
  ): ComparedRow => ({ label, unit, earlier: read(earlier), later: read(later) });
  const kinds = new Set(
    [earlier, later].flatMap(({ result }) => Object.keys(result?.counts ?? {})),
  );
  const changes = countsOf({
    counts: Object.fromEntries(
      [...kinds].sort((one, other) => (one < other ? -1 : 1)).map((key) => [key, 0]),
    ),
  });
  return [
    row('Took', 'duration', ({ durationMs }) => durationMs),
    row('Copied', 'size', ({ result }) => result?.bytes ?? null),
    row('Problems', 'count', ({ result }) => result?.problems ?? null),
    row('Conflicts', 'count', ({ result }) => result?.conflicts ?? null),
    ...changes.map(({ side, kind }) =>
      row(`${resultOf(kind)}, ${side}`, 'count', ({ result }) =>
        result === null ? null : (result.counts[`${side}.${kind}`] ?? 0),
      ),
    ),
  ];
}
