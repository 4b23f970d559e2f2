// Opening a handler: asking whether the trigger is its business, what it is, which items it has, and
// attaching the callback, in the order of the old contract (mobsync 1.3, A7).
import { errorRecord } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Clock } from '../ports/clock.ts';
import type { Opening } from '../ports/handler.ts';
import { type Ledger, type Seat, SessionCallback } from '../session/callback.ts';
import { OpenHandler } from '../session/open-handler.ts';
import type { Shared } from './deps.ts';
import { describe, type Listed, listItems } from './listing.ts';
import { keepPace, rateNow } from './pace.ts';
import type { Part } from './part.ts';
import { gone } from './preferences.ts';

/** Leaves the session with its handler attached and its items listed, or declined, or failed. */
export async function open(part: Part): Promise<void> {
  const { world, runner, request, partnership } = part;
  part.preferences = await world.deps.store.preferences.list(partnership.id);
  const kept = world.keep.get(world.retries.get(request.id) ?? null);
  if (kept !== null) {
    part.items = kept.items;
    runner.seat(kept.handler, part.recorder);
    keepPace(part, kept.handler, 'unknown');
    return;
  }
  const opening = {
    trigger: request.trigger,
    interactive: request.interactive,
    settingsOnly: false,
    cookie: request.cookie,
    ...(await factsNow(world, partnership)),
  };
  const coming = new Coming();
  const handler = await runner.during(() =>
    coming.await(openHandler(world, partnership, opening, runner, part.recorder)),
  );
  if (runner.isOver) {
    await coming.sendAway(world.deps.clock);
  } else if (handler === null) {
    runner.signal('decline');
  } else {
    runner.seat(handler, part.recorder);
    keepPace(part, handler, opening.bandwidth ?? null);
    await runner.during(() => introduce(part, handler));
  }
}

/** What the manager knows beyond the settings: that nothing changed, how fast it may go now. */
async function factsNow({ deps, watchBook }: Shared, { id, terms }: Partnership) {
  const isUntouched = await watchBook.begin(id);
  const bandwidth = terms.bandwidth.length === 0 ? null : await rateNow(deps.clock, terms);
  return {
    // What is run before it may change something yet.
    ...(isUntouched && terms.hooks.before === undefined && { untouched: true }),
    ...(bandwidth !== null && { bandwidth }),
  };
}

/** A handler that is being opened, and may come when its session is over: it is released then. */
class Coming {
  #handler: Promise<OpenHandler | null> = Promise.resolve(null);
  #arrival: 'awaited' | 'over' = 'over';

  await(handler: Promise<OpenHandler | null>): Promise<OpenHandler | null> {
    this.#arrival = 'awaited';
    this.#handler = handler.finally(() => {
      this.#arrival = 'over';
    });
    return this.#handler;
  }

  /** Waits for its release, but not for one that hangs. */
  async sendAway(clock: Clock): Promise<void> {
    const sent = this.#handler.then((handler) => handler?.close(clock)).catch(() => {});
    if (this.#arrival === 'over') await sent;
  }
}

async function introduce(part: Part, handler: OpenHandler): Promise<void> {
  handler.info = await handler.call((session) => describe(session, part.partnership.name));
  try {
    takeItems(part, await handler.call(listItems));
  } catch (thrown) {
    // It has no items then, and no tick is forgotten (A18).
    part.listingError = errorRecord(thrown, 'handler-failed');
  }
  await handler.attach();
}

/** New items of an open handler, and what follows from a complete list. */
export function takeItems(part: Part, { items, complete, dropped }: Listed): void {
  const { world, partnership, recorder, runner } = part;
  part.items = items;
  if (dropped > 0) {
    runner.handler?.callback.log({
      item: null,
      level: 'warning',
      text: `${dropped} items were left out: named twice, without a name, or too many.`,
      errorId: null,
      jump: false,
      subject: null,
      code: null,
    });
  }
  const forgotten = complete ? gone(part.preferences, items) : [];
  if (forgotten.length === 0) return;
  part.preferences = part.preferences.filter(({ item }) => !forgotten.includes(item));
  recorder.write(() => world.deps.store.preferences.remove(partnership.id, forgotten));
}

/** Null: the trigger is not the handler's business. */
export async function openHandler(
  world: Shared,
  partnership: Partnership,
  opening: Omit<Opening, 'partnership' | 'settings'>,
  seat: Seat,
  ledger: Ledger,
): Promise<OpenHandler | null> {
  const handler = await world.deps.handlers.get(partnership.handler);
  const { id, name, settings } = partnership;
  const session = await handler.open({ ...opening, partnership: { id, name }, settings });
  if (session === null) return null;
  const { floor, desk, decisions, pool } = world;
  const { interactive } = opening;
  const callback = new SessionCallback({ floor, desk, decisions, pool, interactive }, seat, ledger);
  const info = { name, hasProperties: false, alwaysListed: false };
  return new OpenHandler(session, callback, info);
}
