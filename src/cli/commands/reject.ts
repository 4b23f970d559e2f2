// syncmgr reject PLAN: the plan is dropped, nothing is changed.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';
import { shortHash } from '../report/plan.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<plan>', 'its first digits').action(async (prefix: string) => {
    const client = await cli.client();
    const { plan } = await client.plan(prefix, 0);
    const rejected = await client.reject(plan.hash);
    record(cli, 'plan', rejected, () => [
      `Rejected plan ${shortHash(plan.hash)} of ${plan.partnership.name}. Nothing was changed.`,
    ]);
    finish(cli, 1);
  });
}
