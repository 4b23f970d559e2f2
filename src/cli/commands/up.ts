// syncmgr up: the manager that goes on by itself. It stays in the foreground; what keeps it there
// (systemd, launchd, a terminal) is for `syncmgr service`, or for the person, to say.
import process from 'node:process';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { syncError } from '../../model/error.ts';
import { parseDuration } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { line } from '../report/json-line.ts';

interface Flags {
  readonly port?: number;
  readonly tcp: boolean;
  readonly budget: number;
  readonly grace: number;
  readonly allowRoot?: boolean;
}

const usualPort = 7396;
const usualBudgetMs = 10_000;
const usualGraceMs = 30_000;

const examples = `
Examples:
  syncmgr up                   until Ctrl-C; what it does is told on standard error
  syncmgr up --no-tcp          for this user's programs alone, through the socket
  syncmgr up --json 2>&1       its log as JSON, for whatever collects it`;

export function define(command: Command, cli: Cli): void {
  command
    .addOption(
      new Option(
        '--port <number>',
        `the loopback port (default: ${usualPort}, or a free one)`,
      ).argParser(portNumber),
    )
    .option('--no-tcp', 'no loopback address, only the socket')
    .addOption(
      new Option('--budget <duration>', 'for what is marked to run before it ends (default: 10s)')
        .argParser(duration)
        .default(usualBudgetMs, '10s'),
    )
    .addOption(
      new Option('--grace <duration>', 'how long what runs may take to end (default: 30s)')
        .argParser(duration)
        .default(usualGraceMs, '30s'),
    )
    .option('--allow-root', 'run as root, where that is meant')
    .option('--foreground', 'stay in the foreground; it always does')
    .addHelpText('after', examples)
    .action(async ({ port, tcp, budget, grace, allowRoot }: Flags) => {
      if (process.getuid?.() === 0 && allowRoot !== true) throw syncError('manager-as-root');
      await cli.runManager({
        port: tcp ? (port ?? usualPort) : null,
        portIsMeant: port !== undefined,
        budgetMs: budget,
        graceMs: grace,
        json: cli.json,
        ready: (addresses) => tellReady(cli, addresses),
      });
    });
}

function tellReady(cli: Cli, addresses: readonly string[]): void {
  const { terminal, json, quiet } = cli;
  if (json) line(terminal, 'ready', { addresses });
  if (json || quiet) return;
  terminal.out(`syncmgr is up: ${addresses.join(', ')}`);
  if (terminal.canDraw) terminal.out('End it with Ctrl-C, or with: syncmgr down');
}

const highestPort = 65_535;

function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= highestPort) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('Write it like 90s, 10m or 1h30m.');
  return ms;
}
