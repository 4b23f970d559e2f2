// syncmgr log: what handlers reported, oldest of the last lines first, as one reads a log.
import { type Command, Option } from 'commander';
import type { Client, LogQuery } from '../../api/client.ts';
import type { Notice } from '../../api/shapes.ts';
import type { LogLevel } from '../../model/event.ts';
import type { Cli } from '../cli.ts';
import { oneOf, wholeNumber } from '../flags.ts';
import { finish, records } from '../list.ts';
import { logLines } from '../report/log.ts';

interface Flags {
  readonly level?: string;
  readonly search?: string;
  readonly limit: number;
  readonly follow?: boolean;
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
    .option('-f, --follow', 'go on with what is reported from now on, until Ctrl-C')
    .option('--search <text>', 'only lines with this in them')
    .addOption(new Option('--limit <number>', 'so many at most').argParser(wholeNumber).default(50))
    .action(async (partnership: string | undefined, flags: Flags) => {
      const client = await cli.client();
      const query = queryOf(partnership, flags);
      const over = new AbortController();
      // Listening begins before the look at what is there, so that nothing falls between.
      const notices = flags.follow === true ? client.watch(null, over.signal) : null;
      const lines = await client.log(query);
      records(cli, 'log', [...lines].reverse(), (shown) =>
        shown.length === 0 && notices === null
          ? ['Nothing was reported.']
          : logLines(shown, cli.terminal),
      );
      if (notices !== null) {
        void cli.interrupted().then(() => over.abort());
        await follow(cli, client, query, { notices, after: lines[0]?.id ?? 0 });
      }
      finish(cli, lines.length);
    });
}

function queryOf(partnership: string | undefined, flags: Flags): LogQuery {
  return {
    limit: flags.limit,
    ...(partnership === undefined ? {} : { partnership }),
    ...(flags.search === undefined ? {} : { search: flags.search }),
    ...(flags.level === undefined ? {} : { levels: levels[flags.level] ?? [] }),
  };
}

interface Followed {
  readonly notices: AsyncIterable<Notice>;
  /** The newest line that is shown already. */
  readonly after: number;
}

const linesAtOnce = 1000;

async function follow(
  cli: Cli,
  client: Client,
  query: LogQuery,
  { notices, after }: Followed,
): Promise<void> {
  let shown = after;
  for await (const notice of notices) {
    if (notice.type !== 'gap' && !(notice.type === 'event' && notice.event.type === 'log.added')) {
      continue;
    }
    const newest = await client.log({ ...query, limit: linesAtOnce });
    const fresh = newest.filter(({ id }) => id > shown).reverse();
    shown = fresh.at(-1)?.id ?? shown;
    records(cli, 'log', fresh, (lines) => logLines(lines, cli.terminal));
  }
}
