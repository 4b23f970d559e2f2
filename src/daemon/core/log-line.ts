// A line of the manager's own log: for a person, for the journal of systemd, or for a program. Always
// one line, whatever stands in it.
import { printable } from '../../stdx/printable.ts';

export type Level = 'information' | 'warning' | 'error';
export type LogForm = 'plain' | 'journal' | 'json';

/** What sd-daemon(3) puts before a line. */
const priorities: Readonly<Record<Level, string>> = {
  information: '<6>',
  warning: '<4>',
  error: '<3>',
};

/** `time`: RFC 3339. The journal has times of its own. */
export function logLine(form: LogForm, time: string, level: Level, text: string): string {
  if (form === 'json') return JSON.stringify({ time, level, msg: text });
  if (form === 'journal') return `${priorities[level]}${printable(text)}`;
  const mark = level === 'information' ? '' : `${level}: `;
  return `${time} ${mark}${printable(text)}`;
}
