// syncmgr plan ITEM: prepare only. The plan stays in the store and can be approved as it is.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { addRunFlags, type RunFlags, runOptions } from '../flags.ts';
import { shortHash } from '../report/plan.ts';
import { runRequest } from '../run-request.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('<partnership...>', 'what to look at')
    .addHelpText('after', '\nExample:\n  syncmgr plan documents && syncmgr approve 3f9a1c22');
  addRunFlags(command);
  command.action(async (names: readonly string[], flags: RunFlags) => {
    const client = await cli.client();
    const invocation = {
      trigger: 'manual',
      partnerships: names,
      startNow: true,
      planOnly: true,
    } as const;
    cli.end(await runRequest(cli, client, invocation, runOptions(flags)));
    if (cli.json || cli.quiet) return;
    for (const plan of await client.plans(['open'])) {
      const isEmpty = Object.keys(plan.counts).length === 0;
      if (isEmpty || !names.includes(plan.partnership.name)) continue;
      cli.terminal.out(`Carry out exactly this: syncmgr approve ${shortHash(plan.hash)}`);
    }
  });
}
