// syncmgr items: everything that can be synchronized, with how it stands.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { itemLines } from '../report/items.ts';

export function define(command: Command, cli: Cli): void {
  command
    .option('-a, --all', 'also the folder pairs given to `syncmgr sync`')
    .action(async ({ all }: { readonly all?: boolean }) => {
      const items = (await (await cli.client()).items()).filter((item) => all || !item.adHoc);
      records(cli, 'item', items, (shown) =>
        shown.length === 0
          ? ['Nothing is kept yet. Begin with: syncmgr add NAME LEFT RIGHT']
          : itemLines(shown, cli.terminal),
      );
      finish(cli, items.length);
    });
}
