// What makes a session stop before its first change although both roots are the right ones: small
// predicates over what was found, each ending in one alarm. Whether they are the right ones is asked
// before (identity.ts, trust.ts).

import {
  type Alarm,
  type DeletionLimits,
  defaultDeletionLimits,
  type GuardFacts,
} from '../../model/plan.ts';
import { type BothAbilities, changeOf } from './change.ts';
import { type Row, type Side, sides } from './entry.ts';
import type { List } from './list.ts';
import type { Transition } from './plan.ts';
import { Transitions } from './transitions.ts';

const allChangedMin = 10;

export interface FileCounts {
  /** Files the baseline knows on the side. */
  readonly known: number;
  /** Of these, how many are there with other content. */
  readonly changed: number;
}

/** CK-04, FS-28: every known file changed at once, as after encryption or a power loss elsewhere. */
function allChanged({ known, changed }: FileCounts): boolean {
  return known >= allChangedMin && changed >= known;
}

/** By side, the files that are there with other content than agreed. */
export function changedFiles(
  rows: List<Row>,
  abilities: BothAbilities,
): Readonly<Record<Side, number>> {
  const changed = { left: 0, right: 0 };
  for (const row of rows) {
    if (row.base?.content.kind !== 'file') continue;
    for (const side of sides) if (changeOf(row, side, abilities) === 'edited') changed[side] += 1;
  }
  return changed;
}

/** One for each side all of whose known files changed. */
export function alarmsOfChanges(files: Readonly<Record<Side, FileCounts>>): readonly Alarm[] {
  return sides
    .filter((side) => allChanged(files[side]))
    .map((side) => ({
      guard: 'all-changed',
      side,
      text: `All ${files[side].known} known files changed at once on the ${side}. Approve if that was meant.`,
      approvable: true,
    }));
}

/**
 * FS-28: many files cut to nothing at once, as by a power loss elsewhere. To the guard that is as if
 * they were deleted, so the same limits hold.
 */
export function alarmsOfEmptied(
  plan: Iterable<Transition>,
  known: number,
  limits: Partial<DeletionLimits>,
): readonly Alarm[] {
  const { count, share } = { ...defaultDeletionLimits, ...limits };
  const emptied = { left: 0, right: 0 };
  const transitions = Transitions.of(plan);
  for (let at = 0; at < transitions.length; at++) {
    if (transitions.kindAt(at) !== 'update') continue;
    if (empties(transitions.at(at))) emptied[transitions.sideAt(at)] += 1;
  }
  return sides
    .filter((side) => emptied[side] > count && emptied[side] > share * known)
    .map((side) => ({
      guard: 'mass-emptied',
      side,
      text: `${emptied[side]} of ${known} files would be emptied on the ${side}.`,
      approvable: true,
    }));
}

function empties(transition: Transition | undefined): boolean {
  if (transition?.kind !== 'update') return false;
  const { content, expected } = transition;
  const had = expected.kind === 'file' && expected.size > 0;
  return had && content.kind === 'file' && content.size === 0;
}

/** What the kernel's guards look at; moves are no deletions, parking half a move is nothing. */
export function guardFacts(
  item: string,
  plan: { readonly transitions: Iterable<Transition> },
  known: Readonly<Record<Side, number>>,
  alarms: readonly Alarm[],
  limits?: Partial<DeletionLimits>,
): GuardFacts {
  const deletions = { left: 0, right: 0 };
  const overwrites = { left: 0, right: 0 };
  const transitions = Transitions.of(plan.transitions);
  for (let at = 0; at < transitions.length; at++) {
    const kind = transitions.kindAt(at);
    if (kind === 'delete') deletions[transitions.sideAt(at)] += 1;
    else if (kind === 'update' && overwritesFile(transitions.at(at))) {
      overwrites[transitions.sideAt(at)] += 1;
    }
  }
  const facts = { item, known, deletions, overwrites, alarms };
  return limits === undefined ? facts : { ...facts, limits };
}

function overwritesFile(transition: Transition | undefined): boolean {
  return transition?.kind === 'update' && transition.expected.kind === 'file';
}
