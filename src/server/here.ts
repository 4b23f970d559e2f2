// The sessions of this process: for its own terminal, and for the neighbours who ask.
import type { RunningShape } from '../api/shapes.ts';
import type { RunningSession } from '../manager/manager.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { instant, type NameOf } from './shaping.ts';

export function runningHere({ manager }: LocalDeps, nameOf: NameOf): readonly RunningShape[] {
  return manager.running().map((running: RunningSession) => ({
    session: running.session.id,
    request: running.session.request,
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

/** What can be done with a session that runs. */
const told = {
  stop: ({ manager }: LocalDeps, session: string) => manager.stop(session),
  pause: ({ manager }: LocalDeps, session: string) => manager.pause(session),
  resume: ({ manager }: LocalDeps, session: string) => manager.resume(session),
} as const;

export type Told = keyof typeof told;

export const isTold = (verb: unknown): verb is Told =>
  typeof verb === 'string' && Object.hasOwn(told, verb);

/** The number of sessions told; null means all. */
export function tellHere(deps: LocalDeps, verb: Told, partnership: string | null): number {
  const meant = deps.manager
    .running()
    .filter(({ session }) => partnership === null || session.partnership === partnership);
  for (const { session } of meant) told[verb](deps, session.id);
  return meant.length;
}
