// syncmgr ignore test: which pattern of which file decides over a path.
import type { Command } from 'commander';
import { printable } from '../../stdx/printable.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command
    .command('test')
    .description('Name the file, line and pattern that decide over a path.')
    .argument('<path...>', 'within the root, or absolute; with / at its end it is a folder')
    .requiredOption('--in <root>', 'a folder that is synchronized')
    .option('--ignore <pattern>', 'as if this pattern were configured; repeatable', gather)
    .action(async (paths: readonly string[], flags: Flags) => {
      const client = await cli.client();
      const verdicts = [];
      for (const path of paths) {
        verdicts.push(await client.testIgnore(path, flags.in, flags.ignore ?? []));
      }
      records(cli, 'verdict', verdicts, (shown) =>
        shown.map(({ path, ignored, decision }) => {
          const word = ignored
            ? cli.terminal.paint('yellow', 'ignored')
            : cli.terminal.paint('green', 'synchronized');
          const line = decision?.line ? `:${decision.line}` : '';
          const because = decision
            ? `${decision.source}${line}: ${decision.pattern}`
            : 'no pattern matches';
          return `${printable(path)}  ${word}  (${printable(because)})`;
        }),
      );
      finish(cli, verdicts.length);
    });
}

interface Flags {
  readonly in: string;
  readonly ignore?: readonly string[];
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
