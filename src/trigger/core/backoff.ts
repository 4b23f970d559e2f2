// How long nothing starts by itself after a failure that may pass (S10).
import type { RetryTerms } from '../../model/terms.ts';

/**
 * Doubled with each failure from the first delay to the longest, and spread by up to a third, so that
 * those who failed together do not come back together.
 *
 * @param failures In a row, this one included; at least 1.
 * @param fraction At least 0, less than 1.
 * @param notBefore What the failing side said, ms since 1970.
 */
export function retryAt(
  { firstMs, maxMs }: RetryTerms,
  failures: number,
  now: number,
  fraction: number,
  notBefore = 0,
): number {
  const doubled = firstMs * 2 ** Math.min(failures - 1, 30);
  const least = Math.max(Math.min(doubled, (maxMs * 3) / 4), Math.min(firstMs, maxMs));
  const delay = Math.min(maxMs, least + (fraction * least) / 3);
  return Math.max(Math.ceil(now + delay), notBefore);
}
