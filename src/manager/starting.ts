// From a trigger to a request: who takes part, with which items, on which connection.
import type { Partnership } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { AutomaticTrigger } from '../model/terms.ts';
import { isInteractive } from '../model/trigger.ts';
import type { Outside } from '../ports/outside.ts';
import type { FireMore, Taker, TriggerDesk } from '../trigger/desk.ts';
import { requestOf } from './admission.ts';
import { tickedFor } from './preferences.ts';
import type { World } from './world.ts';

export function triggerDesk(world: World, outside: Outside): TriggerDesk {
  return {
    takers: (trigger, connection) => takers(world, outside, trigger, connection ?? null),
    fire: (trigger, taker, more) => fire(world, outside, trigger, taker, more),
    fault: (trigger, thrown) => world.faults.tell(triggerWork(trigger), thrown),
  };
}

export const triggerWork = (trigger: AutomaticTrigger) => `start what runs on ${trigger}`;

async function takers(
  world: World,
  outside: Outside,
  trigger: AutomaticTrigger,
  named: string | null,
): Promise<readonly Taker[]> {
  const { partnerships, preferences } = world.deps.store;
  const all = (await partnerships.list()).filter(({ enabled, adHoc }) => enabled && !adHoc);
  const up = named === null ? await connectionsUp(outside) : [named];
  const found = await Promise.all(
    all.map(async (partnership): Promise<readonly Taker[]> => {
      if (partnership.triggers.includes(trigger)) return [{ partnership, items: null }];
      const stored = await preferences.list(partnership.id);
      // Ticked for one of several that are up is enough.
      const at = up.length === 0 ? [null] : up;
      const items = [...new Set(at.flatMap((one) => tickedFor(stored, trigger, one)))];
      return items.length === 0 ? [] : [{ partnership, items }];
    }),
  );
  return found.flat();
}

async function fire(
  world: World,
  outside: Outside,
  trigger: AutomaticTrigger,
  { partnership, items }: Taker,
  { connection, key }: FireMore = {},
): Promise<Request> {
  const at = connection ?? (await connectionsUp(outside))[0] ?? null;
  const request = await requestOf(world, {
    trigger,
    partnerships: [partnership.id],
    startNow: true,
    // Nobody is asked who is not there.
    interactive: isInteractive[trigger] && world.deps.answererPresent(),
    ...(items !== null && { items }),
    ...(at !== null && { connection: at }),
    ...(key !== undefined && { key }),
  });
  return world.queue().admit(request);
}

/** Their names; none: unknown, or there is none. */
async function connectionsUp({ network }: Outside): Promise<readonly string[]> {
  return (await network.state()).connections.map(({ name }) => name);
}

/** Its local folders; none if its handler knows of none, or cannot be had. */
export async function watchedBy({ deps }: World, { handler, settings }: Partnership) {
  const found = await deps.handlers.get(handler).catch(() => null);
  return found?.watches?.(settings) ?? null;
}
