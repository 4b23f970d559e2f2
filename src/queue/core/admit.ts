// Whether a request is folded into one that waits already. Only what nobody asked for by hand: two
// changes in a folder are one reason to look, but a program that handed over a cookie is owed an
// answer of its own, and so is whoever chose items, a plan or an idempotency key.
import { keyJoins, type Request } from '../../model/request.ts';
import { isAutomatic } from './automatic.ts';

/** The waiting request that will do this one's work too, or null. */
export function mergeTarget(request: Request, waiting: readonly Request[]): Request | null {
  if (!canBeMerged(request)) return null;
  return waiting.find((other) => canBeMerged(other) && wantsTheSame(request, other)) ?? null;
}

function canBeMerged(request: Request): boolean {
  const { trigger, cookie, key, items, startNow, planOnly, approvedPlan } = request;
  const plain = cookie === null && keyJoins(key) && items === null && approvedPlan === null;
  return isAutomatic[trigger] && plain && startNow && !planOnly;
}

function wantsTheSame(one: Request, other: Request): boolean {
  return (
    one.trigger === other.trigger &&
    one.interactive === other.interactive &&
    one.connection === other.connection &&
    sameNames(one.partnerships, other.partnerships)
  );
}

function sameNames(one: readonly string[] | null, other: readonly string[] | null): boolean {
  if (one === null || other === null) return one === other;
  const names = new Set(one);
  return names.size === new Set(other).size && other.every((name) => names.has(name));
}
