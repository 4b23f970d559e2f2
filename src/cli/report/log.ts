// Log lines as one reads them: when, how grave, of what, about which path.
import type { LogLine } from '../../api/shapes.ts';
import type { LogLevel } from '../../model/event.ts';
import { printable } from '../../stdx/printable.ts';
import type { Terminal } from '../terminal.ts';
import { moment } from './ago.ts';
import { padded } from './core/text.ts';

const styles = { information: 'dim', warning: 'yellow', error: 'red' } as const satisfies Record<
  LogLevel,
  string
>;

/** What a handler says that it did is its word, and shown as that (HN-08). */
export const reportedWords = (handler: string) => `reported by ${printable(handler)}`;

export function logLines(lines: readonly LogLine[], terminal: Terminal): readonly string[] {
  return lines.map(({ at, level, partnership, subject, text, reportedBy }) => {
    const about = subject === null ? '' : `${printable(subject)}: `;
    const head = terminal.paint('dim', moment(at));
    const mark = terminal.paint(styles[level], padded(level, 11));
    const by = reportedBy === null ? '' : ` (${reportedWords(reportedBy)})`;
    return `${head}  ${mark}  ${printable(partnership.name)}${by}  ${about}${printable(text)}`;
  });
}
