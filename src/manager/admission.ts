// From what somebody asks for to a request that can be queued.
import { syncError } from '../model/error.ts';
import type { Request } from '../model/request.ts';
import { isInteractive } from '../model/trigger.ts';
import type { Shared } from './deps.ts';
import type { Invocation } from './manager.ts';

const cookieMax = 1_048_576;

/** Throws `usage` or `partnership-unknown`; nothing is started then (mobsync A12). */
export async function requestOf(world: Shared, wanted: Invocation): Promise<Request> {
  // Before anything is waited for: what the sender handed over it may change from now on (C24).
  const request = copied(world, wanted);
  const { cookie, partnerships } = request;
  if (cookie !== null && cookie.length > cookieMax) {
    throw syncError('usage', { what: `A cookie has at most ${cookieMax} bytes.` });
  }
  for (const name of partnerships ?? []) {
    const known = await world.deps.store.partnerships.get(name);
    if (known === null) throw syncError('partnership-unknown', { name });
  }
  return request;
}

function copied({ deps: { random, clock } }: Shared, wanted: Invocation): Request {
  const { partnerships, items, cookie } = wanted;
  return {
    id: random.uuid(),
    trigger: wanted.trigger,
    interactive: wanted.interactive ?? isInteractive[wanted.trigger],
    connection: wanted.connection ?? null,
    partnerships: partnerships && [...new Set(partnerships)],
    items: items === undefined ? null : [...items],
    startNow: wanted.startNow,
    minimized: wanted.minimized ?? false,
    cookie: cookie === undefined ? null : Uint8Array.from(cookie),
    key: wanted.key ?? null,
    planOnly: wanted.planOnly ?? false,
    approvedPlan: wanted.approvedPlan ?? null,
    state: 'waiting',
    createdAt: clock.now(),
    endedAt: null,
    mergedInto: null,
  };
}
