// The little table of what was done where: a row per kind of change, a column per side.
import { formatCount } from '../../../stdx/quantity.ts';
import { table } from './text.ts';
import { changeKinds, changeWords, countsBySide } from './words.ts';

export function countsTable(counts: Readonly<Record<string, number>>): readonly string[] {
  const bySide = countsBySide(counts);
  const sides = Object.keys(bySide).sort((one, other) => (one < other ? -1 : 1));
  const kinds = [...changeKinds].filter((kind) => sides.some((side) => bySide[side]?.[kind]));
  if (kinds.length === 0) return [];
  const head = ['', ...sides];
  const rows = kinds.map((kind) => [
    changeWords[kind],
    ...sides.map((side) => cell(bySide[side]?.[kind] ?? 0)),
  ]);
  const columns = sides.map((_, at) => at + 1);
  return table([head, ...rows], columns).map((line) => `  ${line}`);
}

const cell = (count: number) => (count === 0 ? '·' : formatCount(count));

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
