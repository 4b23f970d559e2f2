// syncmgr conflicts: the inbox of what was changed on both sides. Nothing in it is urgent: both
// versions are kept until a person decides, and each decision can be taken back.
import type { Command } from 'commander';
import { printable } from '../../stdx/printable.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { conflictLines, conflictView } from '../report/conflicts.ts';
import { type ResolveFlags, resolveConflicts } from '../resolve.ts';

const examples = `
Examples:
  syncmgr conflicts                             the list
  syncmgr conflicts show 3f                     both versions, and how their texts differ
  syncmgr conflicts resolve 3f --keep left      a side as show names it, both, newest or largest
  syncmgr conflicts resolve 3f --merged FILE    a version you made of both
  syncmgr conflicts resolve --all --keep newest
  syncmgr conflicts undo 3f`;

export function define(command: Command, cli: Cli): void {
  command.addHelpText('after', examples);
  command
    .command('list', { isDefault: true })
    .description('What waits for a decision.')
    .option('-a, --all', 'also what is settled')
    .argument('[partnership]', 'only of this one')
    .action((partnership: string | undefined, flags: { readonly all?: boolean }) =>
      list(cli, partnership, flags.all === true),
    );
  command
    .command('show')
    .description('Both versions, and how they differ.')
    .argument('<conflict>', 'its first letters')
    .action((id: string) => show(cli, id));
  command
    .command('resolve')
    .description('Settle one conflict, or all that are open.')
    .argument('[conflict...]', 'their first letters')
    .option('--keep <which>', 'a side, as show names it (left, right …), both, newest or largest')
    .option('--merged <file>', 'this content, on both sides')
    .option('-a, --all', 'every open conflict')
    .option('--in <partnership>', 'with --all: only of this one')
    .action((ids: readonly string[], flags: ResolveFlags) => resolveConflicts(cli, ids, flags));
  command
    .command('undo')
    .description('Take a decision back.')
    .argument('<conflict...>', 'their first letters')
    .action((ids: readonly string[]) => undo(cli, ids));
}

async function list(cli: Cli, partnership: string | undefined, all: boolean): Promise<void> {
  const client = await cli.client();
  const query = {
    ...(partnership === undefined ? {} : { partnership }),
    ...(all ? {} : { open: true }),
  };
  const conflicts = await client.conflicts(query);
  records(cli, 'conflict', conflicts, (shown) =>
    shown.length === 0
      ? [cli.terminal.paint('green', 'No conflicts: nothing waits for your decision.')]
      : conflictLines(shown, cli.terminal),
  );
  finish(cli, conflicts.length);
}

async function show(cli: Cli, id: string): Promise<void> {
  const client = await cli.client();
  const conflict = await client.conflict(id);
  const texts = await client.conflictTexts(conflict.id);
  records(cli, 'conflict', [{ ...conflict, texts: texts.sides }], () =>
    conflictView(conflict, texts, cli.terminal),
  );
  finish(cli, 1);
}

async function undo(cli: Cli, ids: readonly string[]): Promise<void> {
  const client = await cli.client();
  const undone = [];
  for (const id of ids) undone.push(await client.undo((await client.conflict(id)).id));
  records(cli, 'conflict', undone, (shown) =>
    shown.map(({ subject }) => `Taken back: ${printable(subject)} waits for your decision again.`),
  );
  finish(cli, undone.length);
}
