// What several checks ask of the rules of a history and of its paths.
import { isWithin } from '../../src/folder/core/path.ts';
import type { ReconcileInput } from '../../src/folder/core/plan.ts';

export type Rules = Pick<ReconcileInput, 'mode' | 'conflictRule' | 'abilities'>;

/** Whether a rule of the person's may let one version win over another. */
export function mayChoose({ mode, conflictRule }: Rules): boolean {
  if (mode === 'one-way-replica' || mode === 'two-way-resolved') return true;
  return conflictRule !== 'ask' && conflictRule !== 'copy';
}

/** At, below or above one of them. */
export function isRelated(path: string, touched: ReadonlySet<string>): boolean {
  if (isWithin(path, touched)) return true;
  return [...touched].some((below) => below.startsWith(`${path}/`));
}
