// Everything that happens as one JSON object per line; progress of an item at most ten a second.
import type { ProgressShape } from '../../api/shapes.ts';
import type { Terminal } from '../terminal.ts';
import { line } from './json-line.ts';
import type { Reporter } from './reporter.ts';

const progressMs = 100;

export function jsonReporter(terminal: Terminal): Reporter {
  const shownAt = new Map<string, number>();
  const isDue = ({ session, item, value, max }: ProgressShape) => {
    const key = `${session} ${item}`;
    const at = terminal.elapsed();
    if (at - (shownAt.get(key) ?? -progressMs) < progressMs && value !== max) return false;
    shownAt.set(key, at);
    return true;
  };
  return {
    notice(notice) {
      if (notice.type === 'event') line(terminal, 'event', { event: notice.event });
      if (notice.type === 'question') line(terminal, 'question', notice.question);
      if (notice.type === 'progress' && isDue(notice.progress)) {
        line(terminal, 'progress', notice.progress);
      }
    },
    stopping() {},
    end() {},
  };
}
