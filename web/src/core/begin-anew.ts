// The third way on from a plan that was halted: forget what was agreed, delete nothing, bring back on each
// side what only the other has. Only two folders can be united so, and not where one must become the other.
import type { PairDraft, PartnershipShape } from '../data/shapes.ts';

/** Null: this partnership cannot. */
export function uniting({
  handler,
  settings,
}: Pick<PartnershipShape, 'handler' | 'settings'>): PairDraft | null {
  const { left, right, mode, conflict, ignore } = settings;
  if (handler !== 'folder' || mode === 'one-way-replica') return null;
  if (typeof left !== 'string' || typeof right !== 'string') return null;
  return {
    left,
    right,
    merge: true,
    lookOnly: false,
    ...(typeof mode === 'string' ? { mode } : {}),
    ...(typeof conflict === 'string' ? { conflict } : {}),
    ...(isTexts(ignore) ? { ignore } : {}),
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
