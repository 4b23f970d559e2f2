// What the conflict rule decided, for the record: which transitions carried it out, and the way back.
import type { Settled } from '../../model/conflict.ts';
import type { Json } from '../../model/json.ts';
import { encodeTransition } from './draft.ts';
import type { List } from './list.ts';
import type { Outcome } from './outcome.ts';
import { nearest } from './path.ts';
import type { Resolved, Transition } from './plan.ts';
import { undoing } from './undoing.ts';

export interface SettledConflict {
  readonly resolved: Resolved;
  readonly settled: Settled;
}

interface Part {
  readonly transitions: Transition[];
  readonly outcomes: Outcome[];
}

/** Those of which at least a part was done. */
export function settledConflicts(
  item: string,
  decided: readonly Resolved[],
  transitions: List<Transition>,
  outcomes: List<Outcome>,
): readonly SettledConflict[] {
  if (decided.length === 0) return [];
  const parts = new Map<string, Part>();
  for (const { conflict, copy } of decided) {
    const part: Part = { transitions: [], outcomes: [] };
    parts.set(conflict.path, part);
    if (copy !== null) parts.set(copy, part);
  }
  transitions.forEach((transition, at) => {
    const outcome = outcomes.at(at);
    const top = nearest(transition.path, parts);
    const part = top === null ? undefined : parts.get(top);
    if (part === undefined || outcome === undefined) return;
    part.transitions.push(transition);
    part.outcomes.push(outcome);
  });
  return decided.flatMap((resolved) => {
    const part = parts.get(resolved.conflict.path);
    if (part?.outcomes.some(({ state }) => state === 'done') !== true) return [];
    return [{ resolved, settled: settledBy(item, resolved, part) }];
  });
}

function settledBy(item: string, { kept }: Resolved, part: Part): Settled {
  const back = undoing(part.transitions, part.outcomes);
  // Plain data already; the type of a change says `detail?`, which Json does not.
  const undo = back.map((transition) => encodeTransition(item, transition)) as unknown as Json;
  const resolution =
    kept === 'both'
      ? ({ choice: 'keep-both' } as const)
      : ({ choice: 'keep', side: kept } as const);
  return { resolution, undo };
}
