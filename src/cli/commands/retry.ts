// syncmgr retry: forgets that it failed and runs it now, whatever back-off is left.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { addRunFlags, type RunFlags, runOptions } from '../flags.ts';
import { carryThrough } from '../run-request.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<partnership>');
  addRunFlags(command);
  command.action(async (name: string, flags: RunFlags) => {
    const client = await cli.client();
    cli.end(await carryThrough(cli, client, () => client.retry(name), runOptions(flags)));
  });
}
