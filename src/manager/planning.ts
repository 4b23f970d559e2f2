// From the changes a handler means to make to a stored plan with a name, and what the guards say.
import { PackedChanges } from '../model/packed-changes.ts';
import type { Partnership } from '../model/partnership.ts';
import type { PlanDraft, PlanState, PlanSummary } from '../model/plan.ts';
import { halts } from '../session/core/guard.ts';
import type { Part } from './part.ts';

export interface MadePlan {
  readonly summary: PlanSummary;
  readonly changes: PackedChanges;
}

export function makePlan(part: Part, draft: PlanDraft): MadePlan {
  const { clock, hash } = part.world.deps;
  const counts: Record<string, number> = {};
  let bytes = 0;
  const changes = PackedChanges.of(draft.changes, (change) => {
    const key = `${change.side}.${change.kind}`;
    counts[key] = (counts[key] ?? 0) + 1;
    bytes += change.bytes;
  });
  const summary: PlanSummary = {
    hash: hash(planText(part.partnership, changes)),
    session: part.id,
    partnership: part.partnership.id,
    createdAt: clock.now(),
    state: 'open',
    counts,
    bytes,
    halts: halts(draft.facts),
  };
  return { summary, changes };
}

/** In which partnership it happens is part of what was approved. */
function* planText({ id }: Partnership, { pieces }: PackedChanges): Generator<string> {
  yield `${JSON.stringify(id)}\n`;
  yield* pieces;
}

export function storePlan(part: Part, { summary, changes }: MadePlan, state: PlanState): void {
  const { store } = part.world.deps;
  const { hash, counts, halts: fired } = summary;
  const event = {
    type: 'plan.stored',
    partnership: part.partnership.id,
    session: part.id,
    item: null,
    data: { plan: hash, state, counts, halts: fired.map(({ guard }) => guard) },
  } as const;
  part.recorder.write(() => store.plans.put({ ...summary, state }, changes, [event]));
}
