// syncmgr handlers: who is registered, and how many partnerships use it.
import type { Command } from 'commander';
import type { HandlerShape } from '../../api/shapes.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { moment } from '../report/ago.ts';
import { table } from '../report/core/text.ts';

export function define(command: Command, cli: Cli): void {
  command.action(async () => {
    const handlers = await (await cli.client()).handlers();
    records(cli, 'handler', handlers, (shown) =>
      table(
        shown.map((handler) => [
          handler.name,
          counted(handler.partnerships, 'partnership'),
          standing(cli, handler),
        ]),
      ),
    );
    finish(cli, handlers.length);
  });
}

/** What keeps it from being used, or from being used as it was meant to be. */
function standing({ terminal }: Cli, handler: HandlerShape): string {
  const { name, disabledSince, apartSince } = handler;
  const words =
    disabledSince === null
      ? apartSince && `held up everything, in a process of its own since ${moment(apartSince)}`
      : `failed too often, off since ${moment(disabledSince)}`;
  if (words === null) return '';
  return `${terminal.paint('yellow', words)}; when it is mended: syncmgr handler enable ${name}`;
}
