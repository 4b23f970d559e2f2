// Who shows a run: bars where they can be drawn, lines elsewhere, JSON for programs, nothing if asked.
import type { Cli } from '../cli.ts';
import { jsonReporter } from './json.ts';
import { liveReporter } from './live.ts';
import { plainReporter } from './plain.ts';
import type { Reporter } from './reporter.ts';

export function reporterFor(cli: Cli): Reporter {
  if (cli.json) return jsonReporter(cli.terminal);
  if (cli.quiet) return { notice() {}, stopping() {}, end() {} };
  return cli.terminal.canDraw ? liveReporter(cli.terminal) : plainReporter(cli);
}
