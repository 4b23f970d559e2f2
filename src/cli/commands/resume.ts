// syncmgr resume: what was paused may start by itself again.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership...]', 'nothing named means what was paused as a whole')
    .action(async (names: readonly string[]) => {
      const client = await cli.client();
      for (const name of names.length === 0 ? [null] : names) {
        await client.resume(name);
        record(cli, 'resumed', { name }, () => [`Resumed ${name ?? 'everything'}.`]);
      }
      finish(cli, Math.max(1, names.length));
    });
}
