// Bars that move, on standard error. A run of a blink shows nothing: drawing begins after a moment.
import type { Notice, ProgressShape } from '../../api/shapes.ts';
import { isEnding, type Phase } from '../../model/session.ts';
import { printable } from '../../stdx/printable.ts';
import type { Terminal } from '../terminal.ts';
import { frame, type Shown } from './core/frame.ts';
import { addSample, paceOf, type Sample } from './core/pace.ts';
import type { Reporter } from './reporter.ts';

const firstFrameMs = 250;
const frameMs = 100;
const hideCursor = '\x1b[?25l\x1b[?7l';
const showCursor = '\x1b[?25h\x1b[?7h';

interface Watched extends Shown {
  readonly samples: readonly Sample[];
}

export function liveReporter(terminal: Terminal): Reporter {
  const watched = new Map<string, Watched>();
  const begun = terminal.elapsed();
  let linesDrawn = 0;
  let tick = 0;
  let stopping = false;

  const clear = () => (linesDrawn === 0 ? '' : `\x1b[${linesDrawn}A\x1b[0J`);
  const draw = () => {
    const elapsedMs = terminal.elapsed() - begun;
    if (elapsedMs < firstFrameMs) return;
    const shown = [...watched.values()];
    const columns = terminal.columns();
    const paint = terminal.paint;
    const lines = frame({ shown, columns, tick, elapsedMs, stopping, paint });
    tick += 1;
    terminal.draw(`${hideCursor}${clear()}${lines.map((line) => `${line}\n`).join('')}`);
    linesDrawn = lines.length;
  };
  const stopTicking = terminal.every(frameMs, draw);

  return {
    notice: (notice) => note(watched, notice, terminal.elapsed()),
    stopping() {
      stopping = true;
      draw();
    },
    end() {
      stopTicking();
      if (tick > 0) terminal.draw(clear() + showCursor);
      linesDrawn = 0;
      tick = 0;
    },
  };
}

function note(watched: Map<string, Watched>, notice: Notice, at: number): void {
  if (notice.type === 'progress') {
    const { session } = notice.progress;
    const before = watched.get(session) ?? unknown;
    watched.set(session, progressed(before, notice.progress, at));
  } else if (notice.type === 'event' && notice.event.session !== null) {
    const { session, type, data } = notice.event;
    if (type === 'session.ended') watched.delete(session);
    if (type === 'session.phase' && typeof data.phase === 'string') {
      const phase = data.phase as Phase;
      if (isEnding(phase)) watched.delete(session);
      else watched.set(session, { ...(watched.get(session) ?? unknown), phase, samples: [] });
    }
  }
}

const unknown: Watched = { name: '', phase: 'opening', progress: null, pace: null, samples: [] };

function progressed(before: Watched, progress: ProgressShape, at: number): Watched {
  const { value, bytes } = progress;
  const samples = addSample(before.samples, { at, entries: value, bytes });
  const text = printable(progress.text);
  const name = printable(progress.name);
  return { ...before, name, progress: { ...progress, text }, samples, pace: paceOf(samples) };
}
