// What is wrong with the configuration, in the form editors and terminals make clickable.
import type { ConfigurationReport } from '../../api/shapes.ts';
import { printable } from '../../stdx/printable.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';

export function configurationLines(
  { files, partnerships, problems, folder, schedules }: ConfigurationReport,
  terminal: Terminal,
): readonly string[] {
  const lines = problems.map(({ level, file, line, key, text }) => {
    const place = line === null ? file : `${file}:${line}`;
    const word = terminal.paint(level === 'error' ? 'red' : 'yellow', level);
    const about = key === null ? '' : `${key}: `;
    return `${printable(place)}: ${word}: ${printable(about + text)}`;
  });
  const isBroken = problems.some(({ level }) => level === 'error');
  const verdict = isBroken
    ? `${terminal.paint('red', '✖')} The configuration is broken; what was loaded last stays in force.`
    : `${terminal.paint('green', '✔')} ${counted(files.length, 'file')} in ${printable(folder)}, ${counted(partnerships, 'partnership')}.`;
  const times = schedules.map(({ partnership, cron, zone, next }) => {
    const about = `${partnership}: ${cron} (${zone}) runs next at`;
    return `${printable(about)} ${next.join(', ')}`;
  });
  return [...lines, ...times, verdict];
}
