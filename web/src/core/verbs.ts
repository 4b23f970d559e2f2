// What approving a plan would do, in words: the counts are what a person says yes to.
import type { PlanShape } from '../data/shapes.ts';
import { legible } from './hostile.ts';

const words: Readonly<Record<string, string>> = {
  create: 'creates',
  update: 'replaces',
  delete: 'deletes',
  move: 'moves',
  metadata: 'changes the times or modes of',
  other: 'does something else to',
};

const results: Readonly<Record<string, string>> = {
  create: 'new',
  update: 'changed',
  delete: 'deleted',
  move: 'moved',
};

/** What an entry is then, as the terminal says it: `deleted`. */
export const resultOf = (kind: string): string => results[kind] ?? legible(kind);

export interface SideCount {
  readonly side: string;
  readonly kind: string;
  readonly count: number;
}

export function countsOf({ counts }: Pick<PlanShape, 'counts'>): readonly SideCount[] {
  return Object.entries(counts).map(([key, count]) => {
    const dot = key.lastIndexOf('.');
    return { side: key.slice(0, dot), kind: key.slice(dot + 1), count };
  });
}

/** `deletes 200 entries on the right, creates 3 on the left` */
export function whatItDoes(plan: Pick<PlanShape, 'counts'>, format: (count: number) => string) {
  const parts = countsOf(plan).map(({ side, kind, count }) => {
    const entries = count === 1 ? 'entry' : 'entries';
    return `${words[kind] ?? legible(kind)} ${format(count)} ${entries} on the ${legible(side)}`;
  });
  return parts.length === 0 ? 'changes nothing' : parts.join(', ');
}

/** Which changes a guard speaks of, as they are filtered by; none: it speaks of no change. */
export function kindsOf(
  { guard, side }: Pick<PlanShape['halts'][number], 'guard' | 'side'>,
  { counts }: Pick<PlanShape, 'counts'>,
): string[] {
  const kind = guard === 'mass-delete' ? 'delete' : guard === 'all-changed' ? 'update' : null;
  const key = `${side}.${kind}`;
  return kind !== null && side !== null && (counts[key] ?? 0) > 0 ? [key] : [];
}
