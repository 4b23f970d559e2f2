// What an earlier process left unfinished. A session runs if somebody holds the lock of its
// partnership; who died holds none (DB-06), so what looks alive and is not locked was interrupted.
import { errorRecord, syncError } from '../model/error.ts';
import type { PartnershipId } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import { activePhases, isEnding, type Session } from '../model/session.ts';
import { partnershipName } from './admitting.ts';
import type { World } from './world.ts';

const deathsMax = 2;

export async function markInterrupted(world: World): Promise<void> {
  const { store } = world.deps;
  const ours = new Set([...world.parts].map(({ id }) => id));
  const [unfinished, running] = await Promise.all([
    store.sessions.list({ phases: activePhases, limit: 10_000 }),
    store.requests.list(['running']),
  ]);
  const others = unfinished.filter(({ id, phase }) => !isEnding(phase) && !ours.has(id));
  const dead: Session[] = [];
  for (const session of others) {
    if (await isFree(world, session.partnership)) dead.push(session);
  }
  await Promise.all(dead.map((session) => interrupt(world, session)));
  for (const request of running) {
    if (!world.rounds.has(request.id) && (await isDead(world, request))) {
      await bringBack(world, request);
    }
  }
}

async function isFree(world: World, partnership: PartnershipId): Promise<boolean> {
  const held = await world.deps.locks.tryLock(partnershipName(partnership));
  if ('heldBy' in held) return false;
  held.release();
  return true;
}

async function isDead(world: World, request: Request): Promise<boolean> {
  const names =
    request.partnerships ?? (await world.deps.store.partnerships.list()).map(({ id }) => id);
  for (const name of names) {
    if (!(await isFree(world, name))) return false;
  }
  return true;
}

async function interrupt(world: World, session: Session): Promise<void> {
  const { store, clock } = world.deps;
  const error = errorRecord(syncError('session-interrupted'));
  const result = {
    ending: 'interrupted',
    items: [],
    counts: {},
    bytes: 0,
    problems: 0,
    conflicts: 0,
    error,
  } as const;
  const change = { phase: 'interrupted', endedAt: clock.now(), result } as const;
  const event = {
    type: 'session.ended',
    partnership: session.partnership,
    session: session.id,
    item: null,
    data: { ending: 'interrupted', trigger: session.trigger },
  } as const;
  // What it had begun to change is unknown; whoever compares generations must look again.
  await store.sessions.update(session.id, change, [event], true);
}

/**
 * A request that was accepted is carried out, so it waits again. Not for ever: one that was under way
 * at two deaths may well be their cause.
 */
async function bringBack(world: World, request: Request): Promise<void> {
  const { store } = world.deps;
  const sessions = await store.sessions.list({ request: request.id, limit: 10_000 });
  const deaths = new Map<PartnershipId, number>();
  for (const { partnership, phase } of sessions) {
    if (phase === 'interrupted') deaths.set(partnership, (deaths.get(partnership) ?? 0) + 1);
  }
  const isDeadly = Math.max(0, ...deaths.values()) >= deathsMax;
  if (isDeadly) await world.queue().end(request, { endings: ['interrupted'] });
  else await world.queue().putBack(request);
}
