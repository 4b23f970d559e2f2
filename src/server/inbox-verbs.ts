// What waits for a person and what is left of sessions: plans, conflicts, history, log.
import type { Client, LogQuery } from '../api/client.ts';
import type { Conflict } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { PlanSummary } from '../model/plan.ts';
import type { LogFilter, Store } from '../ports/store.ts';
import { imageOf, mergeByHand, textsOf } from './conflict-content.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { PlanFolders } from './plan-folders.ts';
import {
  conflictShape,
  logLine,
  namesOf,
  planShape,
  requestShape,
  sessionShape,
} from './shaping.ts';

type Verbs = Pick<
  Client,
  | 'waiting'
  | 'plans'
  | 'plan'
  | 'planFolder'
  | 'approve'
  | 'reject'
  | 'sessions'
  | 'log'
  | 'openLogEntry'
  | 'conflicts'
  | 'conflict'
  | 'conflictTexts'
  | 'conflictImage'
  | 'resolve'
  | 'merge'
  | 'undo'
>;

export function inboxVerbs(deps: LocalDeps): Verbs {
  const { manager, store } = deps;
  const folders = new PlanFolders(store, deps.clock);
  const names = async () => namesOf(await store.partnerships.list());
  const partnershipOf = async (name: string | undefined) =>
    name === undefined ? {} : { partnership: (await findPartnership(store, name)).id };
  return {
    waiting: async () => {
      const plans = await store.plans.list({ states: ['open'] });
      const open = await store.conflicts.countOpen({});
      return { plans: plans.length, conflicts: open.reduce((sum, { count }) => sum + count, 0) };
    },
    plans: async (states) => {
      const nameOf = await names();
      return (await store.plans.list({ states })).map((plan) => planShape(plan, nameOf));
    },
    plan: async (hash, limit) => {
      const plan = await findPlan(store, hash);
      const shape = planShape(plan, await names());
      const total = Object.values(plan.counts).reduce((sum, count) => sum + count, 0);
      const changes = limit === 0 ? [] : await store.plans.changes(plan.hash);
      return { plan: shape, changes: changes.slice(0, limit), total };
    },
    planFolder: async (hash, query) => folders.look((await findPlan(store, hash)).hash, query),
    approve: async (hash) => requestShape(await manager.approve(hash)),
    reject: async (hash) => planShape(await manager.reject(hash), await names()),
    sessions: async ({ partnership, limit }) => {
      const filter = { ...(await partnershipOf(partnership)), limit: limit ?? 100 };
      const nameOf = await names();
      return (await store.sessions.list(filter)).map((session) => sessionShape(session, nameOf));
    },
    log: async (query) => {
      const partnerships = await store.partnerships.list();
      const handlers = new Map(partnerships.map(({ id, handler }) => [id, handler]));
      const handlerOf = (id: string) => handlers.get(id) ?? null;
      const filter = await logFilter(query, partnershipOf);
      const entries = await store.log.list(filter);
      return entries.map((entry) => logLine(entry, namesOf(partnerships), handlerOf));
    },
    openLogEntry: async (id) => {
      const request = await manager.openLogEntry(id);
      return request === null ? null : requestShape(request);
    },
    conflicts: async ({ partnership, open }) => {
      const filter = await partnershipOf(partnership);
      const states = open === true ? { states: ['open'] as const } : {};
      const nameOf = await names();
      const found = await store.conflicts.list({ ...filter, ...states });
      return found.map((conflict) => conflictShape(conflict, nameOf));
    },
    conflict: async (id) => conflictShape(await findConflict(store, id), await names()),
    conflictTexts: async (id) => textsOf(deps.filesystem, await findConflict(store, id)),
    conflictImage: async (id, side) =>
      imageOf(deps.filesystem, await findConflict(store, id), side),
    merge: async (id, text, version) =>
      conflictShape(
        await mergeByHand(deps, await findConflict(store, id), text, version),
        await names(),
      ),
    resolve: async (id, resolution, version) =>
      conflictShape(await manager.resolve(id, resolution, version), await names()),
    undo: async (id) => conflictShape(await manager.undo(id), await names()),
  };
}

async function logFilter(
  { partnership, ...query }: LogQuery,
  partnershipOf: (name: string | undefined) => Promise<{ readonly partnership?: string }>,
): Promise<LogFilter> {
  return { ...query, ...(await partnershipOf(partnership)) };
}

async function findPlan(store: Store, prefix: string): Promise<PlanSummary> {
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) {
    throw syncError('usage', { what: `${prefix} names no plan: write 6 or more of its digits.` });
  }
  const found = await store.plans.find(prefix);
  const open = found.filter((plan) => plan.state === 'open');
  const only = found.length === 1 ? found[0] : open.length === 1 ? open[0] : undefined;
  if (only !== undefined) return only;
  if (found.length === 0) throw syncError('plan-unknown', { hash: prefix });
  throw syncError('usage', {
    what: `More than one plan begins with ${prefix}: write more digits.`,
  });
}

/** Ids sort by time, so they begin alike: their ends tell them apart. */
async function findConflict(store: Store, part: string): Promise<Conflict> {
  const exact = await store.conflicts.get(part);
  if (exact !== null) return exact;
  const all = await store.conflicts.list({});
  const found = all.filter(({ id }) => id.endsWith(part) || id.startsWith(part));
  const open = found.filter(({ state }) => state === 'open');
  const only = found.length === 1 ? found[0] : open.length === 1 ? open[0] : undefined;
  if (only !== undefined) return only;
  if (found.length === 0) throw syncError('conflict-unknown', { id: part });
  throw syncError('usage', { what: `${part} fits more than one conflict: write more of it.` });
}
