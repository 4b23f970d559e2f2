// What fits in place of the last word of a command line: commands, their flags, names of partnerships.
import type { Command } from 'commander';
import type { Cli } from './cli.ts';

/** Commands whose arguments are partnerships. */
const named = new Set([
  ...['run', 'skip', 'stop', 'plan', 'why', 'pause', 'resume', 'retry'],
  ...['remove', 'enable', 'disable', 'history', 'log', 'watch'],
]);

/** `words`: after the name of the program, the unfinished one last. */
export async function suggestions(cli: Cli, words: readonly string[]): Promise<readonly string[]> {
  const last = words.at(-1) ?? '';
  const [name = ''] = words.filter((word) => !word.startsWith('-'));
  const fitting = (all: readonly string[]) => all.filter((word) => word.startsWith(last));
  if (words.length < 2) return fitting(cli.commandNames);
  const command = await cli.commandCalled(name);
  if (command === null) return [];
  if (last.startsWith('-')) return fitting(flagsOf(command));
  const below = command.commands.map((one) => one.name());
  if (below.length > 0 && words.length === 2) return fitting(below);
  return named.has(name) ? fitting(await partnershipNames(cli)) : [];
}

function flagsOf(command: Command): readonly string[] {
  const own = command.options.flatMap(({ long }) => (long ? [long] : []));
  return [...own, '--json', '--quiet', '--verbose', '--help'];
}

async function partnershipNames(cli: Cli): Promise<readonly string[]> {
  const client = await cli.storedClient();
  const all = await client.partnerships();
  return all.filter(({ adHoc }) => !adHoc).map(({ name }) => name);
}
