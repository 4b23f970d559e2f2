// Which way of showing fits: what was asked for, and what the terminal can.
import type { Cli } from '../cli.ts';
import { jsonReporter } from './json.ts';
import { liveReporter } from './live.ts';
import { plainReporter } from './plain.ts';
import type { Reporter } from './reporter.ts';

function reporterFor(cli: Cli): Reporter {
  if (cli.json) return jsonReporter(cli.terminal);
  if (cli.quiet) return { notice() {}, stopping() {}, end() {} };
  return cli.terminal.canDraw ? liveReporter(cli.terminal) : plainReporter(cli);
}
