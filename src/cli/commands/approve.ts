// syncmgr approve PLAN: carries out the plan that was shown, and nothing else.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { addRunFlags, type RunFlags, runOptions } from '../flags.ts';
import { carryThrough } from '../run-request.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<plan>', 'its first digits, as `syncmgr plan` and `syncmgr status` show them');
  addRunFlags(command);
  command.action(async (prefix: string, flags: RunFlags) => {
    const client = await cli.client();
    const { plan } = await client.plan(prefix, 0);
    const start = () => client.approve(plan.hash);
    cli.end(await carryThrough(cli, client, start, runOptions(flags)));
  });
}
