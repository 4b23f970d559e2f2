// Programs as items, without code: what to run, and what its lines and its end mean, is all in the
// settings. Written against the same sdk as any other handler.
import type { Handler } from '../ports/handler.ts';
import { defineHandler } from '../sdk/define.ts';
import { CommandSession } from './session.ts';
import { parseSettings } from './settings.ts';
import type { CommandWorld } from './world.ts';

/** Ports in, handler out; compose.ts is the only caller. */
export function commandHandler(world: CommandWorld): Handler {
  return defineHandler<CommandSession>({
    name: 'command',
    title: 'Programs',
    open: async ({ partnership, settings }) =>
      new CommandSession(world, partnership, await parseSettings(settings, world.home)),
    items: (context) => context.state.items(context),
    prepare: (context, call) => context.state.prepare(context, call),
    synchronize: (context) => context.state.synchronize(context),
    pause: (context, paused) => context.state.pause(context, paused),
    resolve: (context, conflict, choice) => context.state.resolve(context, conflict, choice),
  });
}
