// A folder plan as the manager stores and shows it. Each change carries its whole transition, so that
// an approved plan can be carried out by a later session.
import type { Json } from '../model/json.ts';
import type { PlanChange } from '../model/plan.ts';
import { bytesOf } from './core/batches.ts';
import type { Transition } from './core/plan.ts';

export function* changesOf(item: string, transitions: readonly Transition[]): Generator<PlanChange> {
  for (const transition of transitions) {
    const { side, kind, path } = transition;
    const bytes = bytesOf(transition);
    // A transition is plain data already.
    const detail = transition as unknown as Json;
    if (kind === 'move') yield { item, side, kind, path, from: transition.from, bytes, detail };
    else yield { item, side, kind, path, bytes, detail };
  }
}
