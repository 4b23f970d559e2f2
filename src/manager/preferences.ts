// Which items are ticked, and which ticks are remembered (mobsync A5, A21, A45, A46).
import type { Item, ItemId, ItemPreference } from '../model/item.ts';
import type { Partnership } from '../model/partnership.ts';
import { isInteractive, type TriggerKind } from '../model/trigger.ts';

/**
 * A person who ticks sees one list, whoever opened it: a program's invocation and one by hand share
 * their ticks unless one was stored for the invocation itself.
 */
const rememberedAs = (trigger: TriggerKind): TriggerKind =>
  trigger === 'invoke' ? 'manual' : trigger;

/** The stored tick of an item for a trigger; one for the connection at hand outranks one for any. */
export function storedTick(
  preferences: readonly ItemPreference[],
  item: ItemId,
  trigger: TriggerKind,
  connection: string | null = null,
): boolean | null {
  const fitting = preferences.filter((one) => one.item === item);
  for (const kind of new Set([trigger, rememberedAs(trigger)])) {
    for (const at of new Set([connection, null])) {
      const found = fitting.find((one) => one.trigger === kind && one.connection === at);
      if (found !== undefined) return found.checked;
    }
  }
  return null;
}

/**
 * Whether the partnership takes part in an automatic trigger that names nobody: it does so by itself,
 * or one of its items was ticked for it (A5).
 */
export function takesPart(
  partnership: Partnership,
  preferences: readonly ItemPreference[],
  trigger: TriggerKind,
  connection: string | null = null,
): boolean {
  return (
    isByHand(trigger) ||
    partnership.triggers.includes(trigger) ||
    tickedFor(preferences, trigger, connection).length > 0
  );
}

/** The items that were ticked for this trigger on this connection, or on any. */
export function tickedFor(
  preferences: readonly ItemPreference[],
  trigger: TriggerKind,
  connection: string | null,
): readonly ItemId[] {
  const ids = new Set(preferences.map(({ item }) => item));
  return [...ids].filter((id) => storedTick(preferences, id, trigger, connection) === true);
}

/** `byItself`: it takes part whatever the ticks, so the items' defaults count (A5). */
export function ticked(
  items: readonly Item[],
  preferences: readonly ItemPreference[],
  trigger: TriggerKind,
  byItself: boolean,
  connection: string | null = null,
): (Item & { readonly ticked: boolean })[] {
  return items.map((item) => ({
    ...item,
    ticked: storedTick(preferences, item.id, trigger, connection) ?? (byItself && item.checked),
  }));
}

export const isByHand = (trigger: TriggerKind): boolean =>
  isInteractive[trigger] && (trigger === 'manual' || trigger === 'invoke');

/** What a person confirmed, to be stored: one preference per item listed. */
export function remembered(
  partnership: string,
  items: readonly Item[],
  chosen: ReadonlySet<ItemId>,
  trigger: TriggerKind,
): ItemPreference[] {
  return items
    .filter(({ temporary }) => !temporary)
    .map(({ id }) => ({
      partnership,
      item: id,
      trigger: rememberedAs(trigger),
      connection: null,
      checked: chosen.has(id),
    }));
}

/** Stored items that a complete list no longer has: their ticks are forgotten (mobsync 2.3.3). */
export function gone(preferences: readonly ItemPreference[], items: readonly Item[]): ItemId[] {
  const listed = new Set(items.map(({ id }) => id));
  return [...new Set(preferences.map(({ item }) => item))].filter((id) => !listed.has(id));
}
