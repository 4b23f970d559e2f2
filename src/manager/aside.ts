// A handler opened beside the sessions: to describe itself, to show its properties, to carry out a
// decision over a conflict. It has no session, so what it reports of items goes nowhere.
import type { Partnership } from '../model/partnership.ts';
import { isInteractive, type TriggerKind } from '../model/trigger.ts';
import { Board } from '../session/board.ts';
import type { Ledger, Seat } from '../session/callback.ts';
import type { OpenHandler } from '../session/open-handler.ts';
import type { Shared } from './deps.ts';
import { openHandler } from './opening.ts';

/** Null: the trigger is not the handler's business. Whoever opens it closes it. */
export async function openAside(
  world: Shared,
  partnership: Partnership,
  { trigger, settingsOnly }: { readonly trigger: TriggerKind; readonly settingsOnly: boolean },
): Promise<OpenHandler | null> {
  const { clock } = world.deps;
  const seat: Seat = {
    session: '',
    partnership: partnership.id,
    board: new Board(clock, { present: () => false, show: () => {} }),
    isOver: true,
  };
  const interactive = isInteractive[trigger];
  const opening = { trigger, interactive, settingsOnly, cookie: null };
  const handler = await openHandler(world, partnership, opening, seat, nowhere);
  if (handler !== null) {
    world.asides.add(handler);
    void handler.left.then(() => world.asides.delete(handler));
  }
  return handler;
}

const nowhere: Ledger = {
  log: () => 0,
  withdraw: () => {},
  conflict: () => {},
  conflictGone: () => {},
  conflictsSeen: () => {},
};
