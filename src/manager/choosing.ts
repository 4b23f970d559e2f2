// Which items are synchronized: the ticked ones at once, or those a person confirms in one choice
// over all handlers (mobsync 1.3 steps 7 and 8, A20, A46).
import type { Item, ItemId } from '../model/item.ts';
import type { Choice } from './manager.ts';
import type { Part } from './part.ts';
import { isByHand, remembered, ticked } from './preferences.ts';
import type { Round, Ticked } from './round.ts';

/** Leaves every session with its chosen items, or ended because none was. */
export async function choose(round: Round, parts: readonly Part[]): Promise<void> {
  const opened = parts.filter(({ runner }) => !runner.isOver);
  if (opened.length === 0) return;
  const chosen = round.request.startNow ? {} : await askFor(round, opened);
  for (const part of opened) {
    if (!part.runner.isOver) settle(part, chosen[part.id] ?? null);
  }
}

/** What waits for the person, as it stands now. */
export function choiceOf(part: Part): Choice | null {
  const { runner, partnership, id } = part;
  if (runner.phase !== 'choosing' || runner.handler === null) return null;
  return {
    session: id,
    partnership: partnership.id,
    info: runner.handler.info,
    items: tickedItems(part),
  };
}

export async function remember(part: Part, chosen: readonly ItemId[]): Promise<void> {
  const { world, partnership, items, request } = part;
  const preferences = remembered(partnership.id, items, new Set(chosen), request.trigger);
  await world.deps.store.preferences.put(preferences);
}

async function askFor(round: Round, opened: readonly Part[]): Promise<Ticked> {
  const listed = opened.filter(({ items, runner }) => {
    return items.length > 0 || runner.handler?.info.alwaysListed === true;
  });
  for (const { runner } of listed) runner.signal('offer');
  if (listed.length === 0) return {};
  const allOver = Promise.all(listed.map(({ runner }) => runner.ended));
  const chosen = await Promise.race([round.choice.promise, allOver.then((): Ticked => ({}))]);
  // Whoever was left out has none; only startNow falls back on the ticks.
  return Object.fromEntries(opened.map(({ id }) => [id, chosen[id] ?? []]));
}

/** `chosen` null: whatever is ticked. */
function settle(part: Part, chosen: readonly ItemId[] | null): void {
  const wanted = chosen === null ? defaults(part) : new Set(chosen);
  const items = part.items.filter(({ id }) => wanted.has(id));
  part.chosen = items.map(({ id }) => id);
  part.runner.setItems(items);
  if (items.length > 0) return;
  if (part.listingError === null) part.runner.signal('decline');
  else part.runner.fail(part.listingError);
}

function defaults(part: Part): ReadonlySet<ItemId> {
  if (part.request.items !== null) return new Set(part.request.items);
  return new Set(tickedItems(part).flatMap((item) => (item.ticked ? [item.id] : [])));
}

/** Named by the request, a partnership takes part by itself; else it must have asked to (A5). */
function tickedItems(part: Part): (Item & { readonly ticked: boolean })[] {
  const { items, preferences, request, partnership } = part;
  const byItself =
    request.partnerships !== null ||
    isByHand(request.trigger) ||
    partnership.triggers.includes(request.trigger);
  return ticked(items, preferences, request.trigger, byItself, request.connection);
}
