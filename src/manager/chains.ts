// Partnerships that follow another: requested when its session has ended, once for each session. Who
// only does what it is asked for leaves them in the store, for the next manager that goes on.
import { type Follow, ringOf } from '../model/hooks.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Ending, SessionResult } from '../model/session.ts';
import { requestOf } from './admission.ts';
import type { Part } from './part.ts';

/** Endings that say nothing about the work move nobody. */
const idle: readonly Ending[] = ['declined', 'planned', 'halted', 'interrupted'];

export async function moveFollowers(part: Part, { ending }: SessionResult): Promise<void> {
  const { world, partnership, request } = part;
  if (request.planOnly || idle.includes(ending)) return;
  const { followers, follows } = chainsOf(await world.deps.store.partnerships.list());
  for (const { id, name, terms } of followers.get(partnership.name) ?? []) {
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

interface Chains {
  /** By the name of whom they follow. */
  readonly followers: ReadonlyMap<string, readonly Partnership[]>;
  readonly follows: ReadonlyMap<string, readonly Follow[]>;
}

/** Made once of a list: a store hands out the same one for as long as nothing changes. */
const made = new WeakMap<readonly Partnership[], Chains>();

function chainsOf(all: readonly Partnership[]): Chains {
  const known = made.get(all);
  if (known !== undefined) return known;
  const followers = new Map<string, Partnership[]>();
  const follows = new Map<string, readonly Follow[]>();
  for (const one of all) {
    if (!one.enabled) continue;
    follows.set(one.name, one.terms.follows);
    for (const name of new Set(one.terms.follows.map(({ partnership }) => partnership))) {
      followers.set(name, [...(followers.get(name) ?? []), one]);
    }
  }
  const chains = { followers, follows };
  made.set(all, chains);
  return chains;
}
