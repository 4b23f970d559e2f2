// When a session may begin: nothing holds it back, its names and a seat are free. What starts by itself
// is looked at twice, because it may have waited for its turn for hours; both times as it is then, because
// a person may have given it other terms meanwhile.
import type { EventDraft } from '../model/event.ts';
import type { Hold } from '../model/hold.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { Claim, Release } from '../queue/claims.ts';
import { isAutomatic } from '../queue/core/automatic.ts';
import type { Round } from './round.ts';
import { seatsOf } from './seats.ts';
import type { World } from './world.ts';

export interface Admitted {
  /** Without those that were left out. */
  readonly partnerships: readonly Partnership[];
  readonly release: Release;
}

export const partnershipName = (id: string): string => `partnership-${id}`;

/** Null: the request was withdrawn meanwhile. */
export async function admit(
  world: World,
  round: Round,
  wanted: readonly Partnership[],
): Promise<Admitted | null> {
  const { request, withdrawn } = round.turn;
  for (;;) {
    const partnerships = isAutomatic[request.trigger]
      ? await released(world, round, wanted)
      : wanted;
    if (partnerships === null) return null;
    const release = await world.claims.claim(claimOf(partnerships), withdrawn);
    if (release === null) return null;
    if (!isAutomatic[request.trigger]) return { partnerships, release };
    const now = await asTheyAre(world, partnerships);
    const held = await Promise.all(now.map((one) => world.gate.holds(one, request)));
    if (held.every(({ holds }) => holds.length === 0)) return { partnerships: now, release };
    release();
  }
}

/** One that was removed stays as it was: the next look finds out. */
function asTheyAre(world: World, partnerships: readonly Partnership[]): Promise<Partnership[]> {
  const { store } = world.deps;
  return Promise.all(
    partnerships.map(async (one) => (await store.partnerships.get(one.id)) ?? one),
  );
}

function claimOf(partnerships: readonly Partnership[]): Claim {
  return {
    names: partnerships.flatMap(({ id, resources }) => [
      partnershipName(id),
      ...resources.map((resource) => `resource-${resource}`),
    ]),
    seats: partnerships.flatMap(seatsOf),
    priority: Math.max(0, ...partnerships.map(({ terms }) => terms.priority)),
  };
}

/**
 * One waits until nothing holds it back. Of several that have to keep step, those held back now are
 * left out: the others are not made to wait for them.
 */
async function released(
  world: World,
  round: Round,
  wanted: readonly Partnership[],
): Promise<readonly Partnership[] | null> {
  const { request, withdrawn } = round.turn;
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) {
    const outcome = await world.gate.pass(only, request, withdrawn);
    if (outcome === 'withdrawn') return null;
    if ('id' in outcome) return [outcome];
    await world.deps.store.events.add([leftOut(only, request, outcome)]);
    return [];
  }
  const judged = await Promise.all(
    (await asTheyAre(world, wanted)).map(async (one) => ({
      one,
      holds: (await world.gate.holds(one, request)).holds,
    })),
  );
  const out = judged.flatMap(({ one, holds }) =>
    holds[0] ? [leftOut(one, request, holds[0])] : [],
  );
  if (out.length > 0) await world.deps.store.events.add(out);
  return judged.filter(({ holds }) => holds.length === 0).map(({ one }) => one);
}

function leftOut({ id }: Partnership, request: Request, { kind, text }: Hold): EventDraft {
  const data = { trigger: request.trigger, request: request.id, reason: kind, text };
  return { type: 'trigger.missed', partnership: id, session: null, item: null, data };
}
