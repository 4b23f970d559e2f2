// How commands that only tell something answer: lines for a person, or objects with a type for a
// program, with a result as the last line.
import type { Cli } from './cli.ts';
import { exitCodes, type Outcome } from './exit.ts';
import { line } from './report/json-line.ts';

export function records<T extends object>(
  cli: Cli,
  type: string,
  all: readonly T[],
  lines: (all: readonly T[]) => readonly string[],
): void {
  if (cli.json) for (const one of all) line(cli.terminal, type, one);
  else for (const text of lines(all)) cli.terminal.out(text);
}

/** One thing that was done: nothing is said of it with --quiet. */
export function record(
  cli: Cli,
  type: string,
  object: object,
  lines: () => readonly string[],
): void {
  if (cli.json) line(cli.terminal, type, object);
  else if (!cli.quiet) for (const text of lines()) cli.terminal.out(text);
}

export function finish(cli: Cli, count: number, outcome: Outcome = 'ok'): void {
  cli.end(outcome);
  if (!cli.json) return;
  line(cli.terminal, 'result', { status: outcome, exitCode: exitCodes[outcome], count });
}
