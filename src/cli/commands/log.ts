// syncmgr log: what handlers reported, oldest of the last lines first, as one reads a log.
import { type Command, Option } from 'commander';
import type { LogLevel } from '../../model/event.ts';
import type { Cli } from '../cli.ts';
import { oneOf, wholeNumber } from '../flags.ts';
import { finish, records } from '../list.ts';
import { logLines } from '../report/log.ts';

interface Flags {
  readonly level?: string;
  readonly search?: string;
  readonly limit: number;
}

/** Each level with those above it. */
const levels: Readonly<Record<string, readonly LogLevel[]>> = {
  information: ['information', 'warning', 'error'],
  warning: ['warning', 'error'],
  error: ['error'],
};

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership]', 'only of this one')
    .addOption(
      new Option('--level <level>', 'information, warning or error, and what is graver').argParser(
        oneOf(Object.keys(levels)),
      ),
    )
    .option('--search <text>', 'only lines with this in them')
    .addOption(new Option('--limit <number>', 'so many at most').argParser(wholeNumber).default(50))
    .action(async (partnership: string | undefined, flags: Flags) => {
      const client = await cli.client();
      const lines = await client.log({
        limit: flags.limit,
        ...(partnership === undefined ? {} : { partnership }),
        ...(flags.search === undefined ? {} : { search: flags.search }),
        ...(flags.level === undefined ? {} : { levels: levels[flags.level] ?? [] }),
      });
      records(cli, 'log', [...lines].reverse(), (shown) =>
        shown.length === 0 ? ['Nothing was reported.'] : logLines(shown, cli.terminal),
      );
      finish(cli, lines.length);
    });
}
