// What starts by itself: why it does not now, holding it back, letting it go on, and how fresh it is.
import type { Client } from '../api/client.ts';
import type { FreshnessShape, HoldShape } from '../api/shapes.ts';
import { syncError } from '../model/error.ts';
import type { Hold } from '../model/hold.ts';
import type { Partnership } from '../model/partnership.ts';
import { everything } from '../model/standing.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { instant, instantOrNull, namesOf, pauseShape, requestShape } from './shaping.ts';

type Verbs = Pick<
  Client,
  'why' | 'pause' | 'resume' | 'paused' | 'retry' | 'freshness' | 'lastRun' | 'endComputer'
>;

export function startVerbs(deps: LocalDeps): Verbs {
  const { manager, store } = deps;
  const idOf = async (name: string) => (await findPartnership(store, name)).id;
  const idOrNull = async (name: string | null) => (name === null ? null : idOf(name));
  return {
    why: async (name) => {
      const { id, name: own } = await findPartnership(store, name);
      const why = await manager.why(id);
      return {
        partnership: { id, name: own },
        holds: why.holds.map(holdShape),
        unsure: why.unsure.map(holdShape),
        waiting: why.waiting,
        looksAgainAt: instantOrNull(why.looksAgainAt),
        nextRunAt: instantOrNull(why.nextRunAt),
      };
    },
    pause: async (name, until) => {
      const ms = until === null ? null : Date.parse(until);
      if (Number.isNaN(ms)) throw syncError('usage', { what: `${until} is no moment.` });
      await manager.pauseStarts(await idOrNull(name), ms);
    },
    resume: async (name) => manager.resumeStarts(await idOrNull(name)),
    paused: async () => pauseShape((await store.standings.get(everything)).pause, deps.clock.now()),
    retry: async (name) => {
      const { id } = await findPartnership(store, name);
      return requestShape(await manager.retry(id));
    },
    lastRun: async ({ end, partnerships, budgetMs }) => {
      const ids = partnerships && (await Promise.all(partnerships.map(idOf)));
      const { now, later } = await manager.lastRun({ end, partnerships: ids, budgetMs });
      const names = namesOf(await store.partnerships.list());
      const shown = (some: readonly string[]) => some.map((id) => names(id).name);
      return { now: shown(now), later: shown(later) };
    },
    endComputer: async ({ end, later }) =>
      manager.endComputer(end, await Promise.all(later.map(idOf))),
    freshness: async () => {
      const kept = (await store.partnerships.list()).filter(({ adHoc }) => !adHoc);
      return Promise.all(kept.map((one) => freshnessShape(deps, one)));
    },
  };
}

function holdShape({ until, ...hold }: Hold): HoldShape {
  return { ...hold, until: instantOrNull(until) };
}

async function freshnessShape(
  { manager }: LocalDeps,
  { id, name }: Partnership,
): Promise<FreshnessShape> {
  const [fresh, { holds }] = await Promise.all([manager.freshness(id), manager.why(id)]);
  return {
    partnership: { id, name },
    lastAttemptAt: instantOrNull(fresh.lastAttemptAt),
    lastSuccessAt: instantOrNull(fresh.lastSuccessAt),
    lastChangeAt: instantOrNull(fresh.lastChangeAt),
    nextRunAt: instantOrNull(fresh.nextRunAt),
    missedRuns: fresh.missedRuns,
    freshWithinMs: fresh.freshWithinMs,
    staleSince: fresh.staleSince === null ? null : instant(fresh.staleSince),
    heldBy: holds.find(({ kind }) => kind !== 'running')?.text ?? null,
  };
}
