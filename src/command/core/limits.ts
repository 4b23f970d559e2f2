// The limit on deletions, as the guard wants it.
import type { DeletionLimits } from '../../model/plan.ts';
import { parseShare } from '../../stdx/quantity.ts';

type Words =
  | number
  | string
  | { readonly count?: number | undefined; readonly share?: string | undefined };

/** The guard fires when both are exceeded, so the one that was not named is put out of the way. */
export function deletionLimits(words: Words | undefined): Partial<DeletionLimits> {
  if (words === undefined) return {};
  if (typeof words === 'number') return { count: words, share: 0 };
  if (typeof words === 'string') return { count: 0, share: parseShare(words) ?? 0 };
  const { count = 0, share } = words;
  return { count, share: share === undefined ? 0 : (parseShare(share) ?? 0) };
}
