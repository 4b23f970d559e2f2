// For a log file or a pipe: a line when something begins, one a minute while it goes on. Nothing
// moves, nothing is coloured.
import type { ProgressShape } from '../../api/shapes.ts';
import { counted, formatSize } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import type { Reporter } from './reporter.ts';

const everyMs = 60_000;

export function plainReporter({ terminal, verbosity }: Cli): Reporter {
  const shownAt = new Map<string, number>();
  const progress = (shape: ProgressShape) => {
    const at = terminal.elapsed();
    const last = shownAt.get(shape.session) ?? shownAt.set(shape.session, at).get(shape.session);
    if (at - (last ?? at) < (verbosity > 0 ? 1000 : everyMs)) return;
    shownAt.set(shape.session, at);
    const of = shape.max > 0 ? ` of ${shape.max}` : '';
    const bytes =
      shape.bytesMax > 0 ? `, ${formatSize(shape.bytes)} of ${formatSize(shape.bytesMax)}` : '';
    terminal.err(`${shape.name}: ${counted(shape.value, 'entry', 'entries')}${of}${bytes}`);
  };
  return {
    notice(notice) {
      if (notice.type === 'progress') progress(notice.progress);
    },
    stopping() {
      terminal.err('Stopping cleanly.');
    },
    end() {},
  };
}
