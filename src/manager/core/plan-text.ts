// The text of a plan that its hash is taken over: the same changes give the same text, wherever and
// whenever they were made. The engine's own JSON of whole pieces, because a plan may have hundreds of
// thousands of changes. The keys of a detail stand as the handler made them: the same handler makes
// them in the same order, and the store keeps it.
import type { PlanChange } from '../../model/plan.ts';

export function changesText(changes: readonly PlanChange[]): string {
  return JSON.stringify(changes.map(members));
}

/** By position, so that how the object was built does not matter. */
const members = ({ path, item, side, kind, from, bytes, detail }: PlanChange) => [
  path,
  item,
  side,
  kind,
  from,
  bytes,
  detail,
];
