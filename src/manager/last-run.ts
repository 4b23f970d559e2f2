// The last run before a person ends the computer: the smallest first, as far as the time reaches. What
// is not done then waits in the store, for the next start.
import { syncError } from '../model/error.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { ComputerEnd } from '../model/surroundings.ts';
import type { Power } from '../ports/power.ts';
import { fits, inOrder, type Leaver } from '../trigger/core/leaving.ts';
import { requestOf } from './admission.ts';
import type { LastRun, LastRunWish } from './manager.ts';
import type { World } from './world.ts';

export async function lastRun(
  world: World,
  { end, partnerships, budgetMs }: LastRunWish,
): Promise<LastRun> {
  await (await powerOf(world)).requireEnd(end);
  const { store } = world.deps;
  const all = await store.partnerships.list();
  const isMeant = ({ id, enabled, adHoc }: Partnership) =>
    partnerships === null ? enabled && !adHoc : partnerships.includes(id);
  const leavers = await Promise.all(
    all.filter(isMeant).map(async ({ id: partnership }): Promise<Leaver> => {
      return { partnership, lastMs: (await store.standings.get(partnership)).lastDurationMs };
    }),
  );
  const inTime = (one: Leaver) => fits(one, budgetMs);
  const ids = (some: readonly Leaver[]) => inOrder(some).map(({ partnership }) => partnership);
  return {
    now: ids(leavers.filter(inTime)),
    later: ids(leavers.filter((one) => !inTime(one))),
  };
}

/** Where it is refused after all, whoever goes on takes up what was to wait. */
export async function endComputer(
  world: World,
  end: ComputerEnd,
  later: readonly PartnershipId[],
): Promise<void> {
  const power = await powerOf(world);
  await power.requireEnd(end);
  for (const id of later) {
    const wanted = {
      trigger: 'pending-disconnect',
      partnerships: [id],
      startNow: true,
      interactive: false,
    } as const;
    await world.queue().leave(await requestOf(world, wanted));
  }
  await power.end(end).catch(async (thrown: unknown) => {
    await world.queue().takeUpAgain();
    throw thrown;
  });
}

async function powerOf({ deps }: World): Promise<Power> {
  const outside = await deps.outside?.();
  if (outside !== undefined) return outside.power;
  throw syncError('system-unable', { what: 'be ended', reason: 'nothing is known of it here' });
}
