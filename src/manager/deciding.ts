// What a person decides: over a plan, and over a conflict. Each decision is taken once: of two at the
// same time the store lets one through.
import type { Conflict, ConflictId, Resolution } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { EventDraft } from '../model/event.ts';
import type { PlanHash, PlanSummary } from '../model/plan.ts';
import type { Request } from '../model/request.ts';
import { settledResolution } from '../record/core/resolution.ts';
import { finalHalt } from '../session/core/guard.ts';
import type { OpenHandler } from '../session/open-handler.ts';
import { requestOf } from './admission.ts';
import { partnershipName } from './admitting.ts';
import { openAside } from './aside.ts';
import type { Part } from './part.ts';
import type { World } from './world.ts';

/** The session that waits for it goes on, or a new request carries the plan out. */
export async function approvePlan(world: World, hash: PlanHash): Promise<Request> {
  const { plans } = world.deps.store;
  const summary = await openPlan(world, hash);
  const final = finalHalt(summary.halts);
  if (final !== null) throw syncError('plan-refused', { reason: final.text });
  const approved = await plans.move(hash, 'open', 'approved', [event('plan.approved', summary)]);
  if (!approved) throw syncError('plan-unknown', { hash });
  const waiting = partThatWaits(world, hash);
  if (waiting !== null) {
    waiting.decision.resolve('approved');
    return waiting.request;
  }
  const changes = await plans.changes(hash);
  const request = await requestOf(world, {
    trigger: 'manual',
    partnerships: [summary.partnership],
    items: [...new Set(changes.map(({ item }) => item))],
    interactive: false,
    startNow: true,
    approvedPlan: hash,
  });
  return world.queue().admit(request);
}

export async function rejectPlan(world: World, hash: PlanHash): Promise<PlanSummary> {
  const summary = await openPlan(world, hash);
  const { plans } = world.deps.store;
  const rejected = await plans.move(hash, 'open', 'rejected', [event('plan.rejected', summary)]);
  if (!rejected) throw syncError('plan-unknown', { hash });
  partThatWaits(world, hash)?.decision.resolve('rejected');
  return { ...summary, state: 'rejected' };
}

/** The request that was to carry it out never began. */
export async function reopenPlan(world: World, hash: PlanHash): Promise<void> {
  await world.deps.store.plans.move(hash, 'approved', 'open', []);
}

/** Refused with `conflict-stale` if it is not open, or not in that version (CC-06). */
export async function resolveConflict(
  world: World,
  id: ConflictId,
  wanted: Resolution,
  version?: number,
): Promise<Conflict> {
  const found = await world.conflicts.require(id, 'open', version);
  if (world.decisions.isWaiting(found)) return answerWaiting(world, found, wanted);
  return withHandler(world, found, 'resolve conflicts', async (handler) => {
    const conflict = await world.conflicts.require(id, 'open', version ?? found.version);
    const resolution = settled(conflict, wanted);
    const undo = await handler.call((session) => session.resolve?.(conflict, resolution));
    return world.conflicts.markResolved(conflict, resolution, undo ?? null);
  });
}

/** The handler stands still until it has the answer; to take it back is then its own affair. */
async function answerWaiting(world: World, found: Conflict, wanted: Resolution): Promise<Conflict> {
  const resolution = settled(found, wanted);
  if (resolution.choice === 'merged') throw undecided(wanted);
  const resolved = await world.conflicts.markResolved(found, resolution, null);
  world.decisions.answer(found, resolution);
  return resolved;
}

function settled({ versions }: Conflict, wanted: Resolution): Resolution {
  const resolution = settledResolution(versions, wanted);
  if (resolution === null) throw undecided(wanted);
  return resolution;
}

const undecided = ({ choice }: Resolution) =>
  syncError('usage', { what: `${choice} does not decide between these versions.` });

export async function undoConflict(world: World, id: ConflictId): Promise<Conflict> {
  const found = await world.conflicts.require(id, 'resolved');
  return withHandler(world, found, 'take a resolution back', async (handler) => {
    const conflict = await world.conflicts.require(id, 'resolved', found.version);
    if (conflict.undo === null || !handler.can('undo')) {
      throw syncError('not-supported', { handler: handler.info.name, what: 'take this back' });
    }
    await handler.call((session) => session.undo?.(conflict, conflict.undo));
    return world.conflicts.markUndone(conflict);
  });
}

/** With the partnership for oneself: no session runs meanwhile, here or in another process. */
async function withHandler<T>(
  world: World,
  { partnership: id }: Conflict,
  what: string,
  work: (handler: OpenHandler) => Promise<T>,
): Promise<T> {
  const { store, locks, clock } = world.deps;
  const partnership = await store.partnerships.get(id);
  if (partnership === null) throw syncError('partnership-unknown', { name: id });
  const claim = await world.claims.claim({ names: [partnershipName(id)] });
  const lock = await locks.tryLock(partnershipName(id));
  try {
    if ('heldBy' in lock) {
      const details = { name: partnership.name, pid: String(lock.heldBy ?? '?') };
      throw syncError('already-running', details);
    }
    const handler = await openAside(world, partnership, { trigger: 'manual', settingsOnly: false });
    if (handler?.can('resolve') !== true) {
      await handler?.close(clock);
      throw syncError('not-supported', { handler: partnership.handler, what });
    }
    try {
      await handler.attach();
      return await work(handler);
    } finally {
      await handler.close(clock);
    }
  } finally {
    if ('release' in lock) lock.release();
    claim?.();
  }
}

async function openPlan(world: World, hash: PlanHash): Promise<PlanSummary> {
  const summary = await world.deps.store.plans.get(hash);
  if (summary?.state !== 'open') throw syncError('plan-unknown', { hash });
  return summary;
}

function partThatWaits(world: World, hash: PlanHash): Part | null {
  const waits = (part: Part) => part.plan === hash && part.runner.phase === 'awaiting-approval';
  return [...world.parts].find(waits) ?? null;
}

function event(type: 'plan.approved' | 'plan.rejected', summary: PlanSummary): EventDraft {
  const { hash, partnership, session } = summary;
  return { type, partnership, session, item: null, data: { plan: hash } };
}
