// Sessions, one line each.
import type { SessionShape } from '../../api/shapes.ts';
import type { Phase, SessionResult } from '../../model/session.ts';
import { printable } from '../../stdx/printable.ts';
import { counted, formatDuration, formatSize } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { moment } from './ago.ts';
import { total } from './core/counts.ts';
import { table } from './core/text.ts';
import { phaseWords } from './core/words.ts';

export function historyLines(
  sessions: readonly SessionShape[],
  terminal: Terminal,
): readonly string[] {
  const head = ['when', 'partnership', 'trigger', 'took', 'changes', 'copied', 'outcome'];
  const rows = sessions.map((session) => [
    moment(session.startedAt),
    printable(session.partnership.name),
    session.trigger,
    session.durationMs === null ? '' : formatDuration(session.durationMs),
    session.result === null ? '' : String(total(session.result.counts)),
    session.result === null || session.result.bytes === 0 ? '' : formatSize(session.result.bytes),
    outcomeText(session),
  ]);
  const [first, ...rest] = table([head, ...rows], [3, 4, 5]);
  return [terminal.paint('dim', first ?? ''), ...rest];
}

/** What waits in the inbox is no problem of the run. */
function endedWell(phase: Phase, result: SessionResult | null): boolean {
  const failed = result?.items.some(({ status }) => status !== 'succeeded') ?? true;
  return phase === 'partial' && result?.problems === 0 && !failed;
}

function outcomeText({ phase, result }: SessionShape): string {
  const parts = [
    endedWell(phase, result) ? phaseWords.succeeded : phaseWords[phase],
    result !== null && result.problems > 0 ? counted(result.problems, 'problem') : '',
    result !== null && result.conflicts > 0 ? counted(result.conflicts, 'conflict') : '',
    phase === 'failed' && result?.error ? printable(result.error.text) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
