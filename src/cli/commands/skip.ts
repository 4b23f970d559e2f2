// syncmgr skip ITEM: leaves out an item of a session that runs, in whichever process it runs.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('<item...>', 'a partnership, or partnership/item')
    .action(async (names: readonly string[]) => {
      const client = await cli.client();
      let skipped = 0;
      for (const name of names) {
        const count = await client.skip(name);
        if (count === 0) throw syncError('usage', { what: `${name} is not being synchronized.` });
        record(cli, 'skipped', { name, items: count }, () => [`Skipping ${name}.`]);
        skipped += count;
      }
      finish(cli, skipped);
    });
}
