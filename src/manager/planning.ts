// From the changes a handler means to make to a stored plan with a name, and what the guards say.
import type { Partnership } from '../model/partnership.ts';
import type { PlanChange, PlanDraft, PlanState, PlanSummary } from '../model/plan.ts';
import { halts } from '../session/core/guard.ts';
import { changesText } from './core/plan-text.ts';
import type { Part } from './part.ts';

export interface MadePlan {
  readonly summary: PlanSummary;
  readonly changes: readonly PlanChange[];
}

/** Hashes in pieces of this many changes: few calls, and never one text of a hundred megabytes. */
const pieceSize = 4_096;

export function makePlan(part: Part, draft: PlanDraft): MadePlan {
  const { clock, hash } = part.world.deps;
  const changes = Array.isArray(draft.changes) ? draft.changes : [...draft.changes];
  const counts: Record<string, number> = {};
  let bytes = 0;
  for (const change of changes) {
    const key = `${change.side}.${change.kind}`;
    counts[key] = (counts[key] ?? 0) + 1;
    bytes += change.bytes;
  }
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
function* planText({ id }: Partnership, changes: readonly PlanChange[]): Generator<string> {
  yield `${JSON.stringify(id)}\n`;
  for (let start = 0; start < changes.length; start += pieceSize) {
    yield changesText(changes.slice(start, start + pieceSize));
  }
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
