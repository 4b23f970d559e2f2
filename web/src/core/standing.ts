// How an item stands, as one word with a colour and what to do: the question the page is opened for.
import type { ItemShape, Phase } from '../data/shapes.ts';

export type Tone = 'good' | 'busy' | 'wait' | 'bad' | 'quiet';

export interface Standing {
  readonly word: string;
  readonly tone: Tone;
}

const endings: Readonly<Record<string, Standing>> = {
  succeeded: { word: 'In step', tone: 'good' },
  partial: { word: 'With problems', tone: 'wait' },
  failed: { word: 'Failed', tone: 'bad' },
  stopped: { word: 'Stopped', tone: 'wait' },
  halted: { word: 'Waits for you', tone: 'wait' },
  interrupted: { word: 'Interrupted', tone: 'bad' },
  declined: { word: 'Nothing chosen', tone: 'quiet' },
  planned: { word: 'Only planned', tone: 'quiet' },
};

const running: Readonly<Record<string, Standing>> = {
  opening: { word: 'Begins', tone: 'busy' },
  choosing: { word: 'Waits for your choice', tone: 'wait' },
  preparing: { word: 'Looks', tone: 'busy' },
  prepared: { word: 'Prepared', tone: 'busy' },
  'awaiting-approval': { word: 'Waits for approval', tone: 'wait' },
  synchronizing: { word: 'Synchronizes', tone: 'busy' },
  paused: { word: 'Paused', tone: 'wait' },
  stopping: { word: 'Stops', tone: 'busy' },
};

export const standingOfPhase = (phase: Phase): Standing =>
  running[phase] ?? endings[phase] ?? { word: phase, tone: 'quiet' };

/** `phase`: of a session of its partnership that runs now; null if none does. */
export function standingOf(item: ItemShape, phase: Phase | null): Standing {
  if (phase !== null && running[phase] !== undefined) return running[phase];
  if (item.error !== null) return { word: 'Cannot be listed', tone: 'bad' };
  if (!item.enabled) return { word: 'Switched off', tone: 'quiet' };
  if (item.waitingPlan !== null) return { word: 'Waits for approval', tone: 'wait' };
  if (item.openConflicts > 0) return { word: 'Conflicts', tone: 'wait' };
  const last = item.last === null ? neverRun : standingOfPhase(item.last);
  if (last.tone === 'bad' || last.tone === 'wait') return last;
  if (item.staleSince !== null) return { word: 'Too long ago', tone: 'wait' };
  return item.paused === null ? last : { word: 'Paused', tone: 'quiet' };
}

const neverRun: Standing = { word: 'Never run', tone: 'quiet' };

/** Worst first: the one that a folded group shows. */
export const gravity: Readonly<Record<Tone, number>> = {
  bad: 0,
  wait: 1,
  busy: 2,
  good: 3,
  quiet: 4,
};
