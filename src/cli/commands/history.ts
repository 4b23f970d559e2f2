// syncmgr history: the sessions that were, newest first.
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { wholeNumber } from '../flags.ts';
import { finish, records } from '../list.ts';
import { historyLines } from '../report/history.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership]', 'only of this one')
    .addOption(new Option('--limit <number>', 'so many at most').argParser(wholeNumber).default(20))
    .action(async (partnership: string | undefined, { limit }: { readonly limit: number }) => {
      const client = await cli.client();
      const query = { limit, ...(partnership === undefined ? {} : { partnership }) };
      const sessions = await client.sessions(query);
      records(cli, 'session', sessions, (shown) =>
        shown.length === 0 ? ['Nothing has run yet.'] : historyLines(shown, cli.terminal),
      );
      finish(cli, sessions.length);
    });
}
