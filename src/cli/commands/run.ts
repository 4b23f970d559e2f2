// syncmgr run: the old UpdateItems and UpdateAll. Where no manager goes on by itself the work is done
// here, so the command stays until it has ended, unless that manager is asked and nobody waits.
import { type Command, Option } from 'commander';
import type { Client } from '../../api/client.ts';
import type { InvocationShape } from '../../api/shapes.ts';
import { syncError } from '../../model/error.ts';
import type { ComputerEnd } from '../../model/surroundings.ts';
import type { Cli } from '../cli.ts';
import { addRunFlags, oneOf, type RunFlags, runOptions } from '../flags.ts';
import { endWords, runAndEnd } from '../last-run.ts';
import { finish, record } from '../list.ts';
import { runRequest } from '../run-request.ts';

interface Flags extends RunFlags {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly cookie?: string;
  readonly key?: string;
  readonly choose?: boolean;
  readonly then?: ComputerEnd;
}

const examples = `
Examples:
  syncmgr run documents             one partnership
  syncmgr run mail/inbox            one item of it
  syncmgr run --all                 every partnership that is enabled
  syncmgr run --all --choose        tick the items first
  syncmgr run --all --then shutdown   the last thing in the evening
  syncmgr run photos --key nightly-2026-11-20    asked twice, done once`;

export function define(command: Command, cli: Cli): void {
  command
    .argument('[item...]', 'a partnership, or partnership/item')
    .option('-a, --all', 'every partnership that is enabled')
    .option('-n, --dry-run', 'show what would be done and change nothing')
    .option('--wait', 'wait for a run of the same that goes on elsewhere, instead of failing')
    .option('--no-wait', 'only ask the manager that goes on by itself, and leave')
    .option('--choose', 'tick items before it starts')
    .option('--cookie <text>', 'handed to the handler as it is')
    .addOption(
      new Option(
        '--then <end>',
        `then end the computer: ${endWords.join(', ')}; what takes longer than the time limit (default: 10m) waits for the next start`,
      ).argParser(oneOf(endWords)),
    )
    .option('--key <text>', 'a second request with the same key is the first one');
  addRunFlags(command);
  command.addHelpText('after', examples).action(async (names: readonly string[], flags: Flags) => {
    if (names.length === 0 && flags.all !== true) {
      throw syncError('usage', { what: 'Name what to run, or give --all for everything.' });
    }
    if (flags.choose === true && (!cli.terminal.canAsk || cli.json)) {
      throw syncError('usage', { what: 'Choosing needs a terminal. Name the items instead.' });
    }
    if (flags.then !== undefined) {
      cli.end(await runAndEnd(cli, lastRunOf(names, flags, flags.then), runOptions(flags)));
      return;
    }
    const client = await cli.client();
    const invocation = invocationOf(names, flags);
    if (flags.wait === false) {
      await onlyAsk(cli, client, invocation);
      return;
    }
    cli.end(await runRequest(cli, client, invocation, runOptions(flags)));
  });
}

function lastRunOf(names: readonly string[], flags: Flags, end: ComputerEnd) {
  const others = ['dryRun', 'choose', 'cookie', 'key'] as const;
  const isOnlyAsked = flags.wait === false;
  if (isOnlyAsked || others.some((one) => flags[one] !== undefined)) {
    throw syncError('usage', { what: '--then goes with nothing but the limits of the run.' });
  }
  if (names.some((name) => name.includes('/'))) {
    throw syncError('usage', { what: '--then runs whole partnerships. Name them without items.' });
  }
  return { end, partnerships: flags.all === true ? null : names };
}

/** The request goes on without us, so somebody else has to carry it out. */
async function onlyAsk(cli: Cli, client: Client, invocation: InvocationShape): Promise<void> {
  const { service } = await client.about();
  if (service === null) throw syncError('manager-unreachable', { where: 'its socket' });
  const request = await client.invoke({ ...invocation, interactive: false });
  record(cli, 'request', request, () => [`Asked for, as request ${request.id}.`]);
  finish(cli, 1);
}

function invocationOf(names: readonly string[], flags: Flags): InvocationShape {
  const split = names.map((name) => name.split('/', 2));
  const items = split.flatMap(([, item]) => (item === undefined ? [] : [item]));
  return {
    trigger: flags.key === undefined && flags.cookie === undefined ? 'manual' : 'invoke',
    partnerships: flags.all === true ? null : split.map(([partnership]) => partnership ?? ''),
    ...(items.length === 0 ? {} : { items }),
    startNow: flags.choose !== true,
    ...(flags.dryRun === true ? { planOnly: true } : {}),
    ...(flags.wait === true ? { waits: true } : {}),
    ...(flags.key === undefined ? {} : { key: flags.key }),
    ...(flags.cookie === undefined
      ? {}
      : { cookie: Buffer.from(flags.cookie, 'utf8').toString('base64') }),
  };
}
