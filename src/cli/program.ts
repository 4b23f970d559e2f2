// From words on the command line to one command and its exit code. Loads the module of the chosen
// command only: each other one is a name with a line of help.
import process from 'node:process';
import { type Command, CommanderError } from 'commander';
import type { Client } from '../api/client.ts';
import type { HttpClient } from '../api/http/http-client.ts';
import { type ErrorRecord, errorRecord } from '../model/error.ts';
import { printable } from '../stdx/printable.ts';
import type { Cli, ManagerWishes } from './cli.ts';
import { commands } from './commands.ts';
import { CommandWithEnvironment } from './environment.ts';
import { exitCodes, type Outcome, outcomeOf } from './exit.ts';
import { interruption } from './interrupt.ts';
import { line } from './report/json-line.ts';
import { LeftAtQuestion, openTerminal, type Terminal } from './terminal.ts';

/** What the terminal can set in motion; told where the configuration is if not at the usual place. */
export interface Programs {
  /** The manager: the one that goes on by itself if there is one, else one in this process. */
  openClient(options: { readonly configuration: string | null }): Promise<Client>;
  /** The one that goes on by itself; null when none answers. */
  findManager(options: { readonly configuration: string | null }): Promise<HttpClient | null>;
  /** Goes on until somebody ends it. */
  runManager(wishes: ManagerWishes): Promise<void>;
  /** How the system keeps a manager going. */
  services: Cli['services'];
  /** Tries a handler; no manager has to do with it. */
  testHandler: Cli['testHandler'];
}

interface GlobalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: number;
  readonly color: boolean;
  readonly config?: string;
}

export async function runProgram(words: readonly string[], programs: Programs) {
  const terminal = openTerminal({ color: !words.includes('--no-color') });
  const json = words.includes('--json') || process.env.SYNCMGR_JSON === '1';
  let opened: Promise<Client> | null = null;
  let followed: Promise<Client> | null = null;
  try {
    const program = programWithGlobalOptions(terminal, json);
    let outcome: Outcome = 'ok';
    let hearing: Promise<void> | null = null;
    const options = () => program.opts<GlobalOptions>();
    const cli: Cli = {
      terminal,
      client: () => {
        followed ??= followConfiguration(cli);
        return followed;
      },
      storedClient: () => {
        opened ??= programs
          .openClient({ configuration: options().config ?? null })
          .then((client) => {
            for (const warning of client.warnings) tellWarning(cli, warning);
            return client;
          });
        return opened;
      },
      commandNames: Object.keys(commands),
      commandCalled: async (name) => {
        const found = commands[name];
        if (found === undefined) return null;
        const command = new CommandWithEnvironment(name);
        (await found.load()).define(command, cli);
        return command;
      },
      manager: () => programs.findManager({ configuration: options().config ?? null }),
      services: programs.services,
      testHandler: programs.testHandler,
      runManager: (wishes) =>
        programs.runManager({ ...wishes, configuration: options().config ?? null }),
      get json() {
        return options().json ?? false;
      },
      get quiet() {
        return options().quiet ?? false;
      },
      get verbosity() {
        return options().verbose ?? 0;
      },
      interrupted: () => {
        hearing ??= interruption();
        return hearing;
      },
      end: (how) => {
        outcome = how;
      },
    };
    await defineCommands(program, cli, chosenName(words));
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync([...words], { from: 'user' });
    return exitCodes[outcome];
  } catch (thrown) {
    return report(thrown, terminal, json);
  } finally {
    await (opened as Promise<Client> | null)?.then((client) => client.close()).catch(() => {});
  }
}

function tellWarning({ terminal, json }: Cli, warning: ErrorRecord): void {
  if (json) line(terminal, 'warning', warning);
  else terminal.err(`${terminal.paint('yellow', '!')} ${printable(warning.text)}`);
}

/** A broken configuration stops nothing that was loaded before it broke, but it is never silent. */
async function followConfiguration(cli: Cli): Promise<Client> {
  const client = await cli.storedClient();
  const { problems } = await client.catchUp();
  const errors = problems.filter(({ level }) => level === 'error');
  for (const { file, line: number, key, text } of errors) {
    if (cli.json) line(cli.terminal, 'configuration-problem', { file, line: number, key, text });
    else cli.terminal.err(`${file}:${number ?? 1}: ${key === null ? '' : `${key}: `}${text}`);
  }
  if (errors.length > 0 && !cli.json) {
    cli.terminal.err('The configuration is broken; what was loaded last stays in force.');
  }
  return client;
}

function programWithGlobalOptions(terminal: Terminal, json: boolean): Command {
  return new CommandWithEnvironment('syncmgr')
    .description('One program for every synchronization of this computer.')
    .usage('COMMAND …')
    .configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      styleTitle: (text) => terminal.paint('bold', text),
      styleCommandText: (text) => terminal.paint('cyan', text),
      styleSubcommandText: (text) => terminal.paint('cyan', text),
      styleOptionText: (text) => terminal.paint('cyan', text),
      styleArgumentText: (text) => terminal.paint('cyan', text),
      // The environment variable of a flag follows from its name; help says so once.
      optionDescription: (option) => option.description,
    })
    .configureOutput({
      writeErr: (text) => {
        if (!json) process.stderr.write(text.split('\n').map(printable).join('\n'));
      },
    })
    .exitOverride()
    .showHelpAfterError('(syncmgr --help shows what there is; so does --help after any command)')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .option('--json', 'one JSON object per line, the result last')
    .option('-q, --quiet', 'say nothing but what went wrong')
    .option('-v, --verbose', 'say more; twice, say all', (_, before: number) => before + 1, 0)
    .option('--no-color', 'no colours')
    .option('--config <folder>', 'another folder with the configuration')
    .option('-V, --version', 'print the version');
}

const firstSteps = `
First steps:
  syncmgr sync ~/Documents /mnt/nas/Documents -n    what would happen?
  syncmgr sync ~/Documents /mnt/nas/Documents       do it
  syncmgr add documents ~/Documents /mnt/nas/Documents   keep it: from now on \`syncmgr run documents\`

Every flag can be given by the environment too: --max-delete is SYNCMGR_MAX_DELETE.
Exit codes: 0 ok, 1 some failed, 2 usage, 3 no manager, 4 needs you, 5 try again, 6 with problems, 7 fatal,
  8 transfer limit, 9 nothing to do (if asked for), 10 time limit, 130 interrupted.`;

async function defineCommands(program: Command, cli: Cli, chosen: string | null): Promise<void> {
  program.addHelpText('after', firstSteps);
  for (const [name, { summary, group, load }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).helpGroup(group);
    command.description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`);
    if (name === chosen) (await load()).define(command, cli);
  }
}

/** The first word that is a command and not the value of `--config`. */
function chosenName(words: readonly string[]): string | null {
  const name = words.find((word, at) => word in commands && words[at - 1] !== '--config');
  return name ?? null;
}

function report(thrown: unknown, terminal: Terminal, json: boolean): number {
  if (thrown instanceof CommanderError) {
    const fine = thrown.exitCode === 0;
    if (json && !fine) {
      reportJson(terminal, 'usage', {
        code: 'usage',
        text: thrown.message.replace(/^error: /, ''),
        retry: 'needs-person',
      });
    }
    return fine ? exitCodes.ok : exitCodes.usage;
  }
  if (thrown instanceof LeftAtQuestion) return exitCodes.interrupted;
  const error = errorRecord(thrown);
  const outcome = outcomeOf(error);
  if (json) reportJson(terminal, outcome, error);
  else terminal.err(`${terminal.paint('red', 'syncmgr:')} ${printable(error.text)}`);
  return exitCodes[outcome];
}

function reportJson(terminal: Terminal, status: Outcome, error: object): void {
  line(terminal, 'error', error);
  line(terminal, 'result', { status, exitCode: exitCodes[status], error });
}
