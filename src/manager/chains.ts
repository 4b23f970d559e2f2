// Partnerships that follow another: requested when its session has ended, once for each session. Who
// only does what it is asked for leaves them in the store, for the next manager that goes on.
import { type Follow, ringOf } from '../model/hooks.ts';
import type { Ending, SessionResult } from '../model/session.ts';
import { requestOf } from './admission.ts';
import type { Part } from './part.ts';

/** Endings that say nothing about the work move nobody. */
const idle: readonly Ending[] = ['declined', 'planned', 'halted', 'interrupted'];

export async function moveFollowers(part: Part, { ending }: SessionResult): Promise<void> {
  const { world, partnership, request } = part;
  if (request.planOnly || idle.includes(ending)) return;
  const all = (await world.deps.store.partnerships.list()).filter(({ enabled }) => enabled);
  const follows = new Map(all.map(({ name, terms }) => [name, terms.follows]));
  for (const { id, name, terms } of all) {
    const isMoved = terms.follows.some(
      (one) => one.partnership === partnership.name && isMet(one, ending),
    );
    // The configuration refuses rings; whoever made one by another way is not run for ever.
    if (!isMoved || ringOf(name, follows) !== null) continue;
    const wanted = {
      trigger: 'invoke',
      partnerships: [id],
      startNow: true,
      interactive: false,
      key: `after:${part.id}:${id}`,
    } as const;
    await world.queue().hand(await requestOf(world, wanted));
  }
}

function isMet({ when }: Follow, ending: Ending): boolean {
  if (when === 'always') return true;
  return when === 'succeeded' ? ending === 'succeeded' : ending === 'failed';
}
