// What a person opens: the properties of a handler or an item, and lines of the log with a jump. One
// at a time over all sessions (mobsync A47), on the handler that is open already if there is one.
import { syncError } from '../model/error.ts';
import type { Item, ItemId } from '../model/item.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { TriggerKind } from '../model/trigger.ts';
import type { HandlerSession, Pass, Shown } from '../ports/handler.ts';
import type { OpenHandler } from '../session/open-handler.ts';
import { passThrough } from '../session/pass.ts';
import { requestOf } from './admission.ts';
import { openAside } from './aside.ts';
import { describe, type Listed, listItems } from './listing.ts';
import type { Manager } from './manager.ts';
import { takeItems } from './opening.ts';
import { gone, isByHand, ticked } from './preferences.ts';
import type { World } from './world.ts';

/** An open handler and the list of items that goes with it. */
interface Shelf {
  readonly handler: OpenHandler;
  readonly partnership: Partnership;
  readonly items: readonly Item[];
  take(listed: Listed): void;
  close(): Promise<void>;
}

export async function describePartnership(
  world: World,
  id: PartnershipId,
  trigger: TriggerKind,
): ReturnType<Manager['describe']> {
  const partnership = await required(world, id);
  const handler = await openAside(world, partnership, { trigger, settingsOnly: true });
  if (handler === null) return null;
  try {
    const info = await handler.call((session) => describe(session, partnership.name));
    const { items } = await handler.call(listItems);
    const preferences = await world.deps.store.preferences.list(id);
    const byItself = isByHand(trigger) || partnership.triggers.includes(trigger);
    return { info, items: ticked(items, preferences, trigger, byItself) };
  } finally {
    await handler.close(world.deps.clock);
  }
}

export async function openSheet(
  world: World,
  id: PartnershipId,
  item: ItemId | null,
): Promise<void> {
  const partnership = await required(world, id);
  const shelf = openShelf(world, id) ?? (await settingsShelf(world, partnership));
  if (shelf === null) return;
  try {
    if (!hasSheet(shelf, item)) return;
    const shown = await dialog(world, shelf.handler, (session) => session.properties?.(item));
    if (shown.next === 'list-again') shelf.take(await shelf.handler.call(listItems));
    if (shown.next === 'item-deleted' && item !== null) await deleteItem(world, shelf, item);
  } finally {
    await shelf.close();
  }
}

/** The request of the retry that was asked for, if one was. */
export async function openJump(world: World, id: number): Promise<Request | null> {
  const entry = await world.deps.store.log.get(id);
  if (entry === null || entry.withdrawn) throw syncError('not-found', { what: `Log entry ${id}` });
  const { errorId, session, jump } = entry;
  const shelf = jump ? shelfOfSession(world, session) : null;
  if (shelf === null || errorId === null) return null;
  const { handler } = shelf;
  const shown = await handler.callback.whileShowing(() =>
    dialog(world, handler, (one) => one.showError?.(errorId)),
  );
  if (shown.next === 'list-again') shelf.take(await handler.call(listItems));
  return shown.next === 'retry' ? retry(world, shelf, shown.items) : null;
}

async function retry(
  world: World,
  { handler, partnership, items }: Shelf,
  wanted: readonly ItemId[],
): Promise<Request | null> {
  const known = items.map(({ id }) => id).filter((id) => wanted.includes(id));
  if (known.length === 0) return null;
  const request = await requestOf(world, {
    trigger: 'manual',
    partnerships: [partnership.id],
    items: known,
    startNow: true,
  });
  world.retries.set(request.id, handler);
  return world.queue().admit(request);
}

async function dialog(
  world: World,
  handler: OpenHandler,
  show: (session: HandlerSession) => Promise<Pass<Shown>> | undefined,
): Promise<Shown> {
  const turn = await world.claims.claim({ names: ['dialog'] });
  world.pool.enter();
  try {
    return await handler
      .call((session) => {
        const showing = show(session);
        return showing && passThrough(() => showing, noWindow);
      })
      .then((shown: Shown | undefined) => shown ?? { next: 'nothing' });
  } finally {
    turn?.();
    await world.pool.leave();
  }
}

const noWindow = { open: () => {}, close: () => {} };

function hasSheet({ handler, items }: Shelf, item: ItemId | null): boolean {
  if (!handler.can('properties')) return false;
  if (item === null) return handler.info.hasProperties;
  return items.find(({ id }) => id === item)?.hasProperties === true;
}

async function deleteItem(world: World, shelf: Shelf, item: ItemId): Promise<void> {
  const items = shelf.items.filter(({ id }) => id !== item);
  shelf.take({ items, complete: false, dropped: 0 });
  await world.deps.store.preferences.remove(shelf.partnership.id, [item]);
}

function openShelf(world: World, partnership: PartnershipId): Shelf | null {
  const part = [...world.parts].find(
    ({ partnership: { id }, runner }) => id === partnership && !runner.isOver && runner.handler,
  );
  const session = part?.id ?? world.keep.byPartnership(partnership)?.sessions[0];
  return session === undefined ? null : shelfOfSession(world, session);
}

function shelfOfSession(world: World, session: string): Shelf | null {
  const part = [...world.parts].find(({ id }) => id === session);
  const { handler } = part?.runner ?? { handler: null };
  if (part !== undefined && handler?.isAttached === true) {
    const { partnership, items } = part;
    return { handler, partnership, items, take: (listed) => takeItems(part, listed), close };
  }
  const kept = world.keep.bySession(session);
  if (kept === null) return null;
  const take = ({ items, complete }: Listed) => {
    world.keep.setItems(kept.handler, items);
    if (complete) void forget(world, kept.partnership.id, items);
  };
  return { handler: kept.handler, partnership: kept.partnership, items: kept.items, take, close };
}

const close = async (): Promise<void> => {};

async function settingsShelf(world: World, partnership: Partnership): Promise<Shelf | null> {
  const handler = await openAside(world, partnership, { trigger: 'manual', settingsOnly: true });
  if (handler === null) return null;
  const close = () => handler.close(world.deps.clock);
  const items = await introduce(handler, partnership).catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  const take = ({ items: listed, complete }: Listed) => {
    if (complete) void forget(world, partnership.id, listed);
  };
  return { handler, partnership, items, take, close };
}

async function introduce(handler: OpenHandler, { name }: Partnership): Promise<readonly Item[]> {
  handler.info = await handler.call((session) => describe(session, name));
  const { items } = await handler.call(listItems);
  await handler.attach();
  return items;
}

async function forget(world: World, id: PartnershipId, items: readonly Item[]): Promise<void> {
  const { preferences } = world.deps.store;
  await preferences.remove(id, gone(await preferences.list(id), items));
}

async function required(world: World, id: PartnershipId): Promise<Partnership> {
  const partnership = await world.deps.store.partnerships.get(id);
  if (partnership === null) throw syncError('partnership-unknown', { name: id });
  return partnership;
}
