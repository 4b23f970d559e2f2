// Which names a side holds that no row speaks of: those of the baseline that nothing happened to.
// Copies and names that a disk takes for one must not clash with them.

import { type Baseline, findEntry, Names } from './baseline.ts';
import { kindFolder, kindMask } from './baseline-layout.ts';
import { foldsNames } from './change.ts';
import type { Row, Side } from './entry.ts';
import type { List } from './list.ts';
import { foldName, joined, nameOf, parentOf } from './path.ts';
import type { PlanningInput } from './plan.ts';

/** Folders are looked into when they are asked about, and a folding one is folded once. */
export function heldNames(
  baseline: Baseline,
  rows: List<Row>,
  { left, right }: PlanningInput['abilities'],
): NonNullable<PlanningInput['heldOn']> {
  const names = new Names(baseline, 'any-order');
  const folds: Record<Side, boolean> = {
    left: foldsNames(left),
    right: foldsNames(right),
  };
  const folded = new Map<number, ReadonlyMap<string, readonly string[]>>();
  let spoken: ReadonlySet<string> | null = null;
  const isSpokenOf = (path: string) => {
    spoken ??= new Set(rows.map((row) => row.path));
    return spoken.has(path);
  };
  return (side, path) => {
    const parent = parentOf(path) ?? '';
    const entry = findEntry(baseline, parent, names);
    if (entry === -1 || !isFolder(baseline, entry)) return null;
    if (!folds[side]) {
      return findEntry(baseline, path, names) === -1 || isSpokenOf(path) ? null : path;
    }
    const index = folded.get(entry) ?? foldedNames(baseline, entry, names);
    folded.set(entry, index);
    const alike = (index.get(foldName(nameOf(path))) ?? []).map((name) => joined(parent, name));
    return alike.find((each) => !isSpokenOf(each)) ?? null;
  };
}

function isFolder({ columns }: Baseline, entry: number): boolean {
  return ((columns.flags[entry] ?? 0) & kindMask) === kindFolder;
}

function foldedNames(
  { columns }: Baseline,
  entry: number,
  names: Names,
): ReadonlyMap<string, readonly string[]> {
  const folder = columns.extra[entry] ?? 0;
  const end = columns.first[folder + 1] ?? 0;
  const index = new Map<string, string[]>();
  for (let child = columns.first[folder] ?? 0; child < end; child += 1) {
    const name = names.of(child, folder);
    const key = foldName(name);
    const alike = index.get(key);
    if (alike === undefined) index.set(key, [name]);
    else alike.push(name);
  }
  return index;
}
