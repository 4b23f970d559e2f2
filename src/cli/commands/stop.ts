// syncmgr stop: what runs is asked to end cleanly, in whichever process it runs.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership...]', 'what to stop; nothing named means everything')
    .action(async (names: readonly string[]) => {
      const client = await cli.client();
      let stopped = 0;
      for (const name of names.length === 0 ? [null] : names) {
        const count = await client.stop(name);
        if (count === 0 && name !== null) {
          throw syncError('usage', { what: `${name} is not being synchronized.` });
        }
        stopped += count;
      }
      record(cli, 'stopped', { sessions: stopped }, () => [
        stopped === 0 ? 'Nothing runs.' : `Stopping ${counted(stopped, 'session')}.`,
      ]);
      finish(cli, stopped);
    });
}
