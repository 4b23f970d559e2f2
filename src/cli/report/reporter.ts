// What shows a run while it lasts: bars, lines, JSON, or nothing. What came of it is printed after.
import type { Notice } from '../../api/shapes.ts';
import type { Cli } from '../cli.ts';
import { jsonReporter } from './json.ts';
import { liveReporter } from './live.ts';
import { plainReporter } from './plain.ts';

export interface Reporter {
  notice(notice: Notice): void;
  /** A person asked for the end; it may take a moment. */
  stopping(): void;
  /** Nothing is shown after it; what moved is gone from the screen. */
  end(): void;
}

export function reporterFor(cli: Cli): Reporter {
  if (cli.json) return jsonReporter(cli.terminal);
  if (cli.quiet) return { notice() {}, stopping() {}, end() {} };
  return cli.terminal.canDraw ? liveReporter(cli.terminal) : plainReporter(cli);
}
