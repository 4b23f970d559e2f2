// syncmgr presets: what can be added without knowing the program, read from the schema that the
// configuration publishes.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { presetDetails, presetsIn } from '../report/core/presets.ts';
import { table } from '../report/core/text.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('[name]', 'one of them, with everything it takes')
    .action(async (name: string | undefined) => {
      const all = presetsIn(await (await cli.storedClient()).configurationSchema());
      const shown = name === undefined ? all : all.filter((one) => one.name === name);
      if (shown.length === 0) throw syncError('not-found', { what: `A preset called ${name}` });
      records(cli, 'preset', shown, (presets) =>
        name === undefined
          ? table(presets.map((one) => [one.name, one.says]))
          : presets.flatMap(presetDetails),
      );
      finish(cli, shown.length);
    });
}
