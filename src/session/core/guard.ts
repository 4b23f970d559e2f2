// Which plans must not be carried out unasked. Each guard is a sentence about the facts of one item;
// one that fires halts the session until a person says `yes, this once`, or for good.
import {
  type Alarm,
  type DeletionLimits,
  defaultDeletionLimits,
  type GuardFacts,
  type Halt,
} from '../../model/plan.ts';

export function halts(facts: readonly GuardFacts[]): Halt[] {
  return facts.flatMap((one) =>
    guards.flatMap((guard) => guard(one)).map((alarm) => ({ ...alarm, item: one.item })),
  );
}

/** The alarm that no approval can lift, if there is one. */
export function finalHalt(all: readonly Halt[]): Halt | null {
  return all.find(({ approvable }) => !approvable) ?? null;
}

type Guard = (facts: GuardFacts) => readonly Alarm[];

const handlersAlarms: Guard = ({ alarms }) => alarms;

const massDelete: Guard = (facts) => {
  const limits = { ...defaultDeletionLimits, ...facts.limits };
  return sides(facts.deletions)
    .filter(([side, count]) => isMassDelete(count, facts.known[side] ?? 0, limits))
    .map(([side, count]) => ({
      guard: 'mass-delete',
      side,
      text: `${count} of ${facts.known[side] ?? 0} entries would be deleted on the ${side}.`,
      approvable: true,
    }));
};

/** Something rewrote everything: an encryption, a clock, a changed line ending. */
const allChanged: Guard = (facts) =>
  sides(facts.overwrites)
    .filter(([side, count]) => isAllChanged(count, facts.known[side] ?? 0))
    .map(([side, count]) => ({
      guard: 'all-changed',
      side,
      text: `All ${count} entries would be overwritten on the ${side}.`,
      approvable: true,
    }));

const guards: readonly Guard[] = [handlersAlarms, massDelete, allChanged];

function isMassDelete(count: number, known: number, limits: DeletionLimits): boolean {
  return count > limits.count && count > limits.share * known;
}

function isAllChanged(count: number, known: number): boolean {
  return known > defaultDeletionLimits.count && count >= known;
}

const sides = (counts: { readonly [side: string]: number }): [string, number][] =>
  Object.entries(counts);
