// Preparing, and what becomes of the plan: stored under its hash, looked at by the guards, and
// carried out, held for a person, or left open for one. What was approved is carried out as it was
// approved, or not at all.
import { errorRecord, syncError } from '../model/error.ts';
import type { Halt, PlanChange, PlanHash } from '../model/plan.ts';
import type { PrepareCall } from '../ports/handler.ts';
import { finalHalt } from '../session/core/guard.ts';
import type { Part } from './part.ts';
import { type MadePlan, makePlan, storePlan } from './planning.ts';

/** Leaves the session prepared, awaiting approval, or ended. */
export async function prepare(part: Part): Promise<void> {
  const approved = await approvedPlan(part);
  const touched = await part.world.watchBook.touched(part.partnership.id);
  const call = { items: part.chosen, approved, ...(touched !== null && { touched }) };
  const prepared = await part.runner.prepare(call);
  if (prepared?.outcome !== 'ready' || part.runner.isOver) return;
  if (prepared.plan !== null) look(part, makePlan(part, prepared.plan));
  else part.runner.signal(part.request.planOnly ? 'planned' : 'prepared');
}

/** Returns when the plan was approved, or needs no approval, or the session has ended. */
export async function approval({ runner, decision }: Part): Promise<void> {
  if (runner.phase !== 'awaiting-approval') return;
  const decided = await Promise.race([decision.promise, runner.ended]);
  if (decided === 'approved') runner.signal('approve');
  if (decided === 'rejected') runner.halt(errorRecord(syncError('plan-rejected')));
}

async function approvedPlan(part: Part): Promise<PrepareCall['approved']> {
  const { world, request } = part;
  const hash = request.approvedPlan;
  if (hash === null) return null;
  const { plans } = world.deps.store;
  const [summary, changes] = await Promise.all([plans.get(hash), plans.changes(hash)]);
  if (summary === null) throw syncError('plan-unknown', { hash });
  return { summary, changes: (): readonly PlanChange[] => changes };
}

function look(part: Part, made: MadePlan): void {
  const { runner, request } = part;
  if (request.approvedPlan !== null) {
    compare(part, made, request.approvedPlan);
    return;
  }
  const { halts, hash } = made.summary;
  const final = finalHalt(halts);
  const waits = !request.planOnly && final === null && needsApproval(part, made);
  if (isWorthStoring(part, made)) {
    storePlan(part, made, request.planOnly || waits || final !== null ? 'open' : 'approved');
    part.plan = hash;
    part.recorder.plan(hash);
  }
  if (final !== null) runner.fail(errorRecord(syncError('plan-refused', { reason: final.text })));
  else if (request.planOnly) runner.signal('planned');
  else if (!waits) runner.signal('prepared');
  else if (part.world.deps.approverPresent()) runner.signal('hold');
  else
    runner.halt(errorRecord(syncError('plan-waits', { reason: reason(halts), hash: named(hash) })));
}

/** What the handler would do now must be what was approved. */
function compare(part: Part, { summary }: MadePlan, approved: string): void {
  const final = finalHalt(summary.halts);
  if (summary.hash !== approved) part.planFit = 'outdated';
  if (final !== null) {
    part.runner.fail(errorRecord(syncError('plan-refused', { reason: final.text })));
  } else if (part.planFit === 'fits') {
    part.runner.signal('prepared');
  } else {
    const details = { hash: named(approved), reason: 'what it found has changed since.' };
    part.runner.fail(errorRecord(syncError('plan-outdated', details)));
  }
}

/** As people and commands call a plan. */
const named = (hash: PlanHash) => hash.slice(0, 8);

function needsApproval({ partnership }: Part, { summary, changes }: MadePlan): boolean {
  return summary.halts.length > 0 || (partnership.approve === 'always' && changes.length > 0);
}

/** A run that changes nothing leaves no plan behind, unless a plan was all that was asked for. */
function isWorthStoring({ request }: Part, { summary, changes }: MadePlan): boolean {
  return changes.length > 0 || summary.halts.length > 0 || request.planOnly;
}

const reason = (halts: readonly Halt[]): string =>
  halts.map(({ text }) => text).join(' ') || 'every change of this partnership is approved first.';
