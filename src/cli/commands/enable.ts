// syncmgr enable NAME: takes part in runs again.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<partnership...>').action(async (names: readonly string[]) => {
    const client = await cli.client();
    for (const name of names) {
      await client.setEnabled(name, true);
      record(cli, 'enabled', { name }, () => [`Enabled ${name}.`]);
    }
    finish(cli, names.length);
  });
}
