// What a handler says of itself and its items, made fit to be shown and stored: names cut to the
// lengths of the old contract, doubles and nonsense left out (mobsync A17, A41; HN-09).
import type { Item } from '../model/item.ts';
import type { HandlerInfo, HandlerSession, ItemList } from '../ports/handler.ts';

export interface Listed {
  readonly items: readonly Item[];
  readonly complete: boolean;
  /** Entries left out: doubles, nonsense, beyond the limit. */
  readonly dropped: number;
}

const handlerNameMax = 31;
const itemNameMax = 127;
const itemIdMax = 255;
const itemsMax = 100_000;

export async function describe(session: HandlerSession, fallback: string): Promise<HandlerInfo> {
  const info = await described(session);
  const text = typeof info?.name === 'string' && info.name !== '' ? info.name : fallback;
  return {
    name: cut(text, handlerNameMax),
    hasProperties: info?.hasProperties === true,
    alwaysListed: info?.alwaysListed === true,
  };
}

async function described(session: HandlerSession): Promise<HandlerInfo | null> {
  try {
    return await session.describe();
  } catch {
    return null;
  }
}

export async function listItems(session: HandlerSession): Promise<Listed> {
  const list: ItemList = await session.items();
  const items = new Map<string, Item>();
  let dropped = 0;
  for await (const item of list.items) {
    if (!isItem(item) || items.has(item.id) || items.size >= itemsMax) dropped += 1;
    else items.set(item.id, sound(item));
    // Whoever never ends is not listened to for ever.
    if (dropped > itemsMax) break;
  }
  return { items: [...items.values()], complete: list.complete && dropped <= itemsMax, dropped };
}

function isItem(item: Item | null | undefined): item is Item {
  const { id } = item ?? {};
  return typeof id === 'string' && id.length > 0 && id.length <= itemIdMax;
}

function sound({ id, name, checked, hasProperties, temporary, lastUpdate }: Item): Item {
  return {
    id,
    name: cut(typeof name === 'string' && name !== '' ? name : id, itemNameMax),
    checked: checked === true,
    hasProperties: hasProperties === true,
    temporary: temporary === true,
    lastUpdate: typeof lastUpdate === 'number' && Number.isFinite(lastUpdate) ? lastUpdate : null,
  };
}

/** Never through the middle of a character. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const whole = text.slice(0, max);
  return whole.isWellFormed() ? whole : whole.slice(0, max - 1);
}
