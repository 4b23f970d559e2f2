// syncmgr handlers: who is registered, and how many partnerships use it.
import type { Command } from 'commander';
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
        shown.map(({ name, partnerships, disabledSince }) => [
          name,
          counted(partnerships, 'partnership'),
          disabledSince === null ? '' : disabledWords(cli, name, disabledSince),
        ]),
      ),
    );
    finish(cli, handlers.length);
  });
}

function disabledWords({ terminal }: Cli, name: string, since: string): string {
  const when = terminal.paint('yellow', `failed too often, off since ${moment(since)}`);
  return `${when}; when it is mended: syncmgr handler enable ${name}`;
}
