// Making sessions run, watching and stopping them.
import type { Client } from '../api/client.ts';
import type { InvocationShape, RunningShape } from '../api/shapes.ts';
import type { Invocation, RunningSession } from '../manager/manager.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { watchManager } from './notices.ts';
import { instant, type NameOf, namesOf, requestShape, sessionShape } from './shaping.ts';

type Verbs = Pick<
  Client,
  | 'invoke'
  | 'whenEnded'
  | 'choices'
  | 'confirm'
  | 'cancel'
  | 'question'
  | 'answer'
  | 'running'
  | 'skip'
  | 'stop'
  | 'watch'
>;

export function runVerbs(deps: LocalDeps): Verbs {
  const { manager, store, neighbours } = deps;
  const names = async () => namesOf(await store.partnerships.list());
  return {
    invoke: async (shape) => requestShape(await manager.invoke(await invocationOf(deps, shape))),
    whenEnded: async (request) => {
      const sessions = await manager.whenEnded(request);
      const nameOf = await names();
      return sessions.map((session) => sessionShape(session, nameOf));
    },
    choices: async (request) => {
      const nameOf = await names();
      return (await manager.choices(request)).map(({ session, partnership, info, items }) => ({
        session,
        partnership: nameOf(partnership),
        handlerName: info.name,
        items: items.map(({ id, name, ticked }) => ({ id, name, ticked })),
      }));
    },
    confirm: (request, ticked, remember) => manager.confirm(request, ticked, remember),
    cancel: (request) => manager.cancel(request),
    question: async () => manager.question(),
    answer: async (session, answer) => manager.answer(session, answer),
    running: async () => [...runningHere(deps, await names()), ...(await neighbours.running())],
    skip: async (name) => (await skipHere(deps, name)) + (await neighbours.skip(name)),
    stop: async (name) => {
      const partnership = name === null ? null : (await findPartnership(store, name)).id;
      return stopHere(deps, partnership) + (await neighbours.stop(partnership));
    },
    watch: (since, signal) => watchManager(deps, since, signal),
  };
}

async function invocationOf(deps: LocalDeps, shape: InvocationShape): Promise<Invocation> {
  const { partnerships, cookie, ...rest } = shape;
  const named = partnerships?.map(async (name) => (await findPartnership(deps.store, name)).id);
  return {
    ...rest,
    partnerships: named === undefined ? null : await Promise.all(named),
    ...(cookie === undefined ? {} : { cookie: Buffer.from(cookie, 'base64') }),
  };
}

export function runningHere({ manager }: LocalDeps, nameOf: NameOf): readonly RunningShape[] {
  return manager.running().map((running: RunningSession) => ({
    session: running.session.id,
    partnership: nameOf(running.session.partnership),
    phase: running.phase,
    startedAt: instant(running.session.startedAt),
    process: null,
    items: running.items,
  }));
}

/** `partnership` skips all its items that run, `partnership/item` the one. */
export async function skipHere({ manager, store }: LocalDeps, name: string): Promise<number> {
  const slash = name.indexOf('/');
  const [partnershipName, item] =
    slash < 0 ? [name, null] : [name.slice(0, slash), name.slice(slash + 1)];
  const { id } = await findPartnership(store, partnershipName);
  return manager
    .running()
    .filter(({ session }) => session.partnership === id)
    .flatMap(({ items }) => items)
    .filter((one) => item === null || one.item === item || one.name === item)
    .filter((one) => manager.skip(one.session, one.item)).length;
}

/** The number of sessions told to stop; null means all. */
export function stopHere({ manager }: LocalDeps, partnership: string | null): number {
  const meant = manager
    .running()
    .filter(({ session }) => partnership === null || session.partnership === partnership);
  for (const { session } of meant) manager.stop(session.id);
  return meant.length;
}
