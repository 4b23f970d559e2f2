// syncmgr sync LEFT RIGHT: one run now, no configuration. What both sides agreed on is kept for the
// next run of the same two folders.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import { printable } from '../../stdx/printable.ts';
import type { Cli } from '../cli.ts';
import {
  addPairFlags,
  addRunFlags,
  type PairFlags,
  pairOptions,
  type RunFlags,
  runOptions,
} from '../flags.ts';
import { runRequest } from '../run-request.ts';

interface Flags extends PairFlags, RunFlags {
  readonly dryRun?: boolean;
  readonly merge?: boolean;
  readonly fullScan?: boolean;
}

const examples = `
Examples:
  syncmgr sync ~/Documents /mnt/nas/Documents            both ways; conflicts wait for you
  syncmgr sync ~/Documents /mnt/nas/Documents -n         only show what would be done
  syncmgr sync ~/Music /media/stick -m one-way-replica   make the right the same as the left
  syncmgr sync ~/src /backup/src --ignore node_modules --ignore '*.o'
  syncmgr sync a b --json | tail -n 1                    for programs: the result is the last line

What is replaced or deleted goes to the trash of its side first. The right folder is made if it is
missing on the first run; later a missing folder is an error, so that an unplugged disk never looks
like a deleted folder.`;

export function define(command: Command, cli: Cli): void {
  command
    .argument('<left>', 'a folder')
    .argument('<right>', 'the other folder')
    .option('-n, --dry-run', 'show what would be done and change nothing');
  addPairFlags(command);
  addRunFlags(command);
  command
    .option('--merge', 'begin anew: delete nothing, bring missing files back')
    .option('--full-scan', 'read the names in every folder, whatever its times say')
    .addHelpText('after', examples)
    .action(async (left: string, right: string, flags: Flags) => {
      const client = await cli.storedClient();
      const lookOnly = flags.dryRun === true;
      const merge = flags.merge === true;
      if (merge && flags.mode === 'one-way-replica') {
        const what =
          '--merge unites both sides; one-way-replica never does. Leave one of them out.';
        throw syncError('usage', { what });
      }
      const fullScan = flags.fullScan === true;
      const pair = await client.pair({
        left,
        right,
        lookOnly,
        merge,
        fullScan,
        ...pairOptions(flags),
      });
      if (pair.rightWasMissing && !cli.quiet && !cli.json) {
        const makes = lookOnly ? 'does not exist yet; the first real run makes it' : 'was made';
        cli.terminal.err(`The folder ${printable(right)} ${makes}.`);
      }
      const outcome = await runRequest(
        cli,
        client,
        {
          trigger: 'manual',
          partnerships: [pair.id],
          startNow: true,
          planOnly: lookOnly,
        },
        {
          ...runOptions(flags),
          mergeCommand: `syncmgr sync ${quoted(left)} ${quoted(right)} --merge`,
        },
      );
      cli.end(outcome);
    });
}

/** For showing a command that can be pasted. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word)) return word;
  if (printable(word) === word) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${printable(word.replaceAll(/[\\']/g, '\\$&'))}'`;
}
