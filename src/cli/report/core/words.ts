// The words a person reads for what the model calls otherwise.
import type { ChangeKind } from '../../../model/plan.ts';
import type { Ending, Phase } from '../../../model/session.ts';

/** What was done to an entry. */
export const changeWords: Record<ChangeKind, string> = {
  create: 'new',
  update: 'changed',
  delete: 'deleted',
  move: 'moved',
  metadata: 'attributes',
  other: 'other',
};

export const changeKinds = Object.keys(changeWords) as readonly ChangeKind[];

const endingWords: Record<Ending, string> = {
  succeeded: 'done',
  partial: 'done with problems',
  failed: 'failed',
  stopped: 'stopped',
  declined: 'nothing chosen',
  planned: 'planned only',
  halted: 'waits for approval',
  interrupted: 'interrupted',
};

export const phaseWords: Record<Phase, string> = {
  ...endingWords,
  opening: 'opening',
  choosing: 'waits for a choice',
  preparing: 'looking',
  prepared: 'planned',
  'awaiting-approval': 'waits for approval',
  synchronizing: 'synchronizing',
  paused: 'paused',
  stopping: 'stopping',
};

/** `left.create: 3` → by side and kind. */
export function countsBySide(
  counts: Readonly<Record<string, number>>,
): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const sides: Record<string, Record<string, number>> = {};
  for (const [key, count] of Object.entries(counts)) {
    const dot = key.indexOf('.');
    const side = dot < 0 ? '' : key.slice(0, dot);
    const kind = key.slice(dot + 1);
    sides[side] = { ...sides[side], [kind]: (sides[side]?.[kind] ?? 0) + count };
  }
  return sides;
}
