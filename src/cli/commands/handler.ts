// syncmgr handler: `test` tries one as the manager would use it, for whoever writes it; `enable` starts
// one again that failed too often.
import process from 'node:process';
import type { Command } from 'commander';
import type { CheckShape } from '../../api/trial-shapes.ts';
import { printable } from '../../stdx/printable.ts';
import { counted, formatDuration } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { exitCodes, type Outcome } from '../exit.ts';
import { finish as finishList, record } from '../list.ts';
import { line } from '../report/json-line.ts';

interface Flags {
  readonly settings?: string;
  readonly before?: string;
  readonly watch?: readonly string[];
  readonly only?: readonly string[];
}

const examples = `
The handler is a program with its arguments, or one word that ends in .js, .mjs or .ts: a module that
exports \`handler\`. Flags of the program itself stand after --.

Examples:
  syncmgr handler test ./feeds.js
  syncmgr handler test -- python3 ./notes.py --verbose
  syncmgr handler test --settings notes.yaml --before './lay-out.sh /tmp/notes' --watch /tmp/notes ./notes

It synchronizes for true, several times over: give it settings of a world of its own, and let --before
lay out something to do. What could not be seen is shown with a dot, and why.
Exit codes: 0 nothing failed, 1 something did, 2 it could not be tried.`;

export function define(command: Command, cli: Cli): void {
  command
    .command('test')
    .description('Try a handler in every way the manager would, and say what is wrong with it.')
    .usage('[options] [--] COMMAND…')
    .argument('<command...>', 'the program with its arguments, or a module')
    .option('--settings <file>', 'what would stand under settings: in a file of items.d')
    .option('--before <command>', 'a program that lays out something to do, before each check')
    .option(
      '--watch <path>',
      'what it works on: looked at for unwanted changes; repeatable',
      gather,
    )
    .option('--only <check>', 'this check alone; repeatable', gather)
    .addHelpText('after', examples)
    .action(async (words: readonly string[], flags: Flags) => test(cli, words, flags));
  command
    .command('enable')
    .description('Start a handler again that failed too often.')
    .argument('<handler...>', 'its name, as syncmgr handlers shows it')
    .action(async (names: readonly string[]) => enable(cli, names));
}

async function enable(cli: Cli, names: readonly string[]): Promise<void> {
  const client = await cli.client();
  for (const name of names) {
    await client.enableHandler(name);
    record(cli, 'enabled', { name }, () => [`${name} is started again when it is next needed.`]);
  }
  finishList(cli, names.length);
}

async function test(cli: Cli, command: readonly string[], flags: Flags): Promise<void> {
  const { settings = null, before = null, watch = [], only = null } = flags;
  const stop = new AbortController();
  void cli.interrupted().then(() => stop.abort());
  const trial = { command, folder: process.cwd(), settings, before, watch, only };
  const counts = { passed: 0, failed: 0, unproven: 0 };
  const told = new Map<string, string>();
  for await (const check of cli.testHandler(trial, stop.signal)) {
    counts[check.outcome] += 1;
    if (cli.json) line(cli.terminal, 'check', check);
    else for (const text of lines(check, cli, told)) cli.terminal.out(text);
  }
  finish(cli, counts, stop.signal.aborted);
}

type Counts = Readonly<Record<CheckShape['outcome'], number>>;

const marks = {
  passed: ['green', '✔'],
  failed: ['red', '✖'],
  unproven: ['dim', '·'],
} as const;

/** From where a check's time is worth a word. */
const slowMs = 1_000;

/** `told`: what came, and the check that told it. One fault fails many; it is told once. */
function lines(check: CheckShape, cli: Cli, told: Map<string, string>): readonly string[] {
  const { name, title, outcome, expected, found, advice, durationMs } = check;
  if (cli.quiet && outcome !== 'failed') return [];
  const [style, sign] = marks[outcome];
  const { paint } = cli.terminal;
  const time = durationMs >= slowMs ? `, ${formatDuration(durationMs)}` : '';
  const head = `${paint(style, sign)} ${title} ${paint('dim', `(${name}${time})`)}`;
  if (outcome === 'passed') return [head];
  if (outcome === 'unproven') return [head, `    not seen: ${printable(advice ?? '')}`];
  const fault = `${expected}\n${found}\n${advice}`;
  const before = told.get(fault);
  if (before !== undefined) return [head, `    as in ${before}: mend that first`];
  told.set(fault, name);
  return [
    head,
    `    expected: ${printable(expected ?? '')}`,
    `    came:     ${printable(found ?? '')}`,
    `    do:       ${printable(advice ?? '')}`,
  ];
}

function finish(cli: Cli, counts: Counts, interrupted: boolean): void {
  const { passed, failed, unproven } = counts;
  const nothing = passed + failed + unproven === 0;
  const outcome: Outcome = interrupted
    ? 'interrupted'
    : nothing
      ? 'usage'
      : failed > 0
        ? 'some-failed'
        : 'ok';
  cli.end(outcome);
  if (cli.json) {
    line(cli.terminal, 'result', { status: outcome, exitCode: exitCodes[outcome], ...counts });
    return;
  }
  if (nothing) cli.terminal.err('There is no check of that name.');
  if (nothing || cli.quiet) return;
  const word = failed > 0 ? cli.terminal.paint('red', `${failed} failed`) : 'none failed';
  cli.terminal.out('');
  cli.terminal.out(`${counted(passed, 'check')} passed, ${word}, ${unproven} could not be seen.`);
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
