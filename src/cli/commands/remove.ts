// syncmgr remove NAME: forgets the agreement; the files on both sides stay as they are.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<partnership...>').action(async (names: readonly string[]) => {
    const client = await cli.client();
    for (const name of names) {
      await client.remove(name);
      record(cli, 'removed', { name }, () => [`Removed ${name}. No file of yours was touched.`]);
    }
    finish(cli, names.length);
  });
}
