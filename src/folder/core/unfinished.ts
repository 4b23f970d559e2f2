// What a run may have changed that was cut off before it could say so. Its own work on a side then looks
// like a person's, and if the person has meanwhile taken back what it was carrying over, it would win over
// that. So where both may be true nothing is believed of what was agreed on: the two sides are united.
import { type BothAbilities, changeOf } from './change.ts';
import { otherSide, type Side, sides } from './entry.ts';
import type { List } from './list.ts';
import { isWithin } from './path.ts';
import type { PlanningInput, Transition } from './plan.ts';
import { distrusted, type MovedRow } from './spot.ts';

/** By side, the paths at which something that was agreed on was to be replaced, moved or deleted. */
export type Unfinished = NonNullable<PlanningInput['unfinished']>;

export function touchedBy(
  transitions: Iterable<Transition>,
  before: Unfinished | null,
): Record<Side, Set<string>> {
  const touched = { left: new Set(before?.left), right: new Set(before?.right) };
  for (const transition of transitions) {
    // What is new has no former state to be mistaken for, and permissions are no content.
    if (transition.kind === 'create' || transition.kind === 'metadata') continue;
    touched[transition.side].add(transition.path);
    if (transition.kind === 'move') touched[transition.side].add(transition.from);
  }
  return touched;
}

export interface Believed {
  readonly rows: List<MovedRow>;
  /** Where the baseline had what is not believed any more. */
  readonly forgotten: readonly string[];
}

export function withoutDoubt(
  rows: List<MovedRow>,
  unfinished: Unfinished,
  abilities: BothAbilities,
): Believed {
  const forgotten: string[] = [];
  const believed = rows.map((row): MovedRow => {
    if (!sides.some((side) => isInDoubt(row, side, unfinished[side], abilities))) return row;
    const { path, basePath = path, move } = row;
    forgotten.push(basePath);
    return { ...distrusted(row), basePath, ...(move && { move }) };
  });
  return { rows: believed, forgotten };
}

/**
 * The side is as that run may have left it, and the other is not as it must have been to let the run do so.
 * Where both are edited it is a conflict anyhow, and may outlast the memory of that run. A folder that moved
 * or went away took along what was in it, but changed none of it.
 */
function isInDoubt(
  row: MovedRow,
  side: Side,
  touched: ReadonlySet<string>,
  abilities: BothAbilities,
): boolean {
  const { path, basePath = path, base } = row;
  if (base === null || row[otherSide[side]].state === 'unknown') return false;
  const other = changeOf(row, otherSide[side], abilities);
  if (other === 'gone') return false;
  const change = changeOf(row, side, abilities);
  if (change === 'edited') return touched.has(path) || touched.has(basePath);
  return (
    change === 'gone' &&
    other !== 'edited' &&
    (isWithin(path, touched) || isWithin(basePath, touched))
  );
}
