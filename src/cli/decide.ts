// Asks the person in front of the terminal what to do with a plan that was held back. Only a clear
// yes carries it out; Enter leaves it waiting.
import type { Client } from '../api/client.ts';
import type { PlanPage } from '../api/shapes.ts';
import type { Cli } from './cli.ts';
import { changeLines, shortHash } from './report/plan.ts';

export async function decide(cli: Cli, client: Client, page: PlanPage): Promise<boolean> {
  const { terminal } = cli;
  if (!terminal.canAsk || cli.json || cli.quiet) return false;
  for (;;) {
    const typed = await terminal.ask(
      '\na = approve and go on, r = reject, l = list all, Enter = decide later: ',
    );
    const answer = typed.toLowerCase();
    if (answer === 'a' || answer === 'approve') return true;
    if (answer === '') {
      terminal.err(`It waits. Later: syncmgr approve ${shortHash(page.plan.hash)}`);
      return false;
    }
    if (answer === 'r' || answer === 'reject') {
      await client.reject(page.plan.hash);
      terminal.err('Rejected. Nothing was changed.');
      return false;
    }
    if (answer === 'l' || answer === 'list') {
      const all = await client.plan(page.plan.hash, page.total);
      for (const line of changeLines(all, terminal)) terminal.err(line);
    }
  }
}
