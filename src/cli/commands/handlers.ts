// syncmgr handlers: who is registered, and how many partnerships use it.
import type { Command } from 'commander';
import { counted } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { table } from '../report/core/text.ts';

export function define(command: Command, cli: Cli): void {
  command.action(async () => {
    const handlers = await (await cli.client()).handlers();
    records(cli, 'handler', handlers, (shown) =>
      table(shown.map(({ name, partnerships }) => [name, counted(partnerships, 'partnership')])),
    );
    finish(cli, handlers.length);
  });
}
