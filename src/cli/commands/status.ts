// syncmgr status: what runs now, what waits for a person, how each item stands.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { finish } from '../list.ts';
import { line } from '../report/json-line.ts';
import { statusLines } from '../report/status.ts';

export function define(command: Command, cli: Cli): void {
  command
    .option('-a, --all', 'also the folder pairs given to `syncmgr sync`')
    .action(async ({ all }: { readonly all?: boolean }) => {
      const client = await cli.client();
      const [about, freshness, running, items, plans, conflicts] = await Promise.all([
        client.about(),
        client.freshness(),
        client.running(),
        client.items(),
        client.plans(['open']),
        client.conflicts({ open: true }),
      ]);
      const waiting = plans.filter((plan) => plan.halts.length > 0);
      const shown = items.filter((item) => all === true || !item.adHoc);
      if (cli.json) {
        line(cli.terminal, 'manager', about);
        for (const one of freshness) line(cli.terminal, 'freshness', one);
        for (const one of running) line(cli.terminal, 'session', one);
        for (const one of waiting) line(cli.terminal, 'plan', one);
        for (const one of conflicts) line(cli.terminal, 'conflict', one);
        for (const one of shown) line(cli.terminal, 'item', one);
      } else {
        const input = { about, freshness, running, items: shown, plans: waiting, conflicts };
        for (const text of statusLines(input, cli.terminal)) cli.terminal.out(text);
      }
      finish(cli, shown.length);
    });
}
