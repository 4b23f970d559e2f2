// syncmgr disable NAME: takes part in no run by itself and not in --all, until enabled.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<partnership...>').action(async (names: readonly string[]) => {
    const client = await cli.client();
    for (const name of names) {
      await client.setEnabled(name, false);
      record(cli, 'disabled', { name }, () => [`Disabled ${name}.`]);
    }
    finish(cli, names.length);
  });
}
