// What came of a session, for somebody who never saw the program before.
import type { LogLine, SessionShape } from '../../api/shapes.ts';
import type { Ending, SessionResult } from '../../model/session.ts';
import { printable } from '../../stdx/printable.ts';
import { counted, formatDuration, formatSize } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { countsTable, total } from './core/counts.ts';
import { reportedWords } from './log.ts';

export interface SummaryInput {
  readonly session: SessionShape;
  readonly problems: readonly LogLine[];
  /** Open conflicts of the partnership, by path. */
  readonly conflicts: readonly string[];
  /** Name it: there is more than one. */
  readonly named: boolean;
  /** Two folders were compared. Other handlers have no two sides, and may report no numbers. */
  readonly folders: boolean;
  /** The handler whose word all of this is; null: it was looked at again. */
  readonly reportedBy: string | null;
}

const shownMax = 10;

export function summaryLines(input: SummaryInput, terminal: Terminal): readonly string[] {
  const { session } = input;
  const result = session.result;
  if (result === null) return [];
  const name = input.named
    ? `${terminal.paint('bold', printable(session.partnership.name))}: `
    : '';
  return [
    `${name}${headline(result, input, terminal)}`,
    ...countsTable(result.counts),
    ...failures(result, terminal),
    ...list('red', 'Could not be synchronized', problemLines(input.problems), terminal),
    ...(input.reportedBy === null || !isTold(result)
      ? []
      : [terminal.paint('dim', `  ${reportedWords(input.reportedBy)}`)]),
    ...conflictLines(input.conflicts, terminal),
  ];
}

function headline(
  result: SessionResult,
  { session, folders }: SummaryInput,
  terminal: Terminal,
): string {
  const took = formatDuration(session.durationMs ?? 0);
  const changes = total(result.counts);
  const moved = result.bytes > 0 ? `, ${formatSize(result.bytes)} copied` : '';
  const done = `${counted(changes, 'change')} made${moved} in ${took}`;
  const clean = result.conflicts === 0 && result.problems === 0;
  const same = clean && folders ? `Both sides are the same: ${done}.` : `${done}.`;
  const nothing = folders
    ? `Nothing to do: both sides are the same (${took}).`
    : `Synchronized in ${took}.`;
  const unchanged = folders ? ' before anything was changed' : '';
  const texts: Record<Ending, string> = {
    succeeded: changes === 0 && clean ? nothing : same,
    partial: exceptFor(result, folders, changes === 0 ? took : done),
    failed: 'It failed.',
    stopped:
      changes === 0
        ? `Stopped${unchanged} (${took}).`
        : `Stopped: ${done}. The next run goes on from here.`,
    declined: 'Nothing was chosen, nothing was done.',
    planned: 'Nothing was changed.',
    halted: 'Nothing was changed: it waits for your approval.',
    interrupted: 'Interrupted: its process ended in the middle. The next run goes on from there.',
  };
  return `${mark(result, terminal)} ${texts[result.ending]}`;
}

/** Something was said that goes beyond how it ended. */
const isTold = ({ counts, bytes, problems, error, items }: SessionResult) =>
  total(counts) + bytes + problems > 0 || [error, ...items.map((item) => item.error)].some(Boolean);

/** Somebody who is new shall see at once that the rest is well. */
function exceptFor(
  { conflicts, problems, items, counts }: SessionResult,
  folders: boolean,
  how: string,
): string {
  const exceptions = [
    ...(conflicts > 0 ? ['what both sides changed'] : []),
    ...(problems > 0 || items.some(({ status }) => status === 'failed') ? ['what failed'] : []),
    ...(items.some(({ status }) => status === 'skipped') ? ['what was skipped'] : []),
  ];
  const rest = exceptions.length === 0 ? '' : `, except for ${exceptions.join(' and ')}`;
  if (total(counts) > 0) return `Synchronized${rest}: ${how}.`;
  return `${folders ? 'Nothing to do' : 'Synchronized'}${rest} (${how}).`;
}

function mark({ ending, conflicts, problems }: SessionResult, terminal: Terminal): string {
  if (ending === 'failed') return terminal.paint('red', '✖');
  const fine = ['succeeded', 'planned', 'declined'].includes(ending);
  const clean = fine && conflicts === 0 && problems === 0;
  return clean ? terminal.paint('green', '✔') : terminal.paint('yellow', '!');
}

/** The session's own error, else those of its items. */
function failures(result: SessionResult, terminal: Terminal): readonly string[] {
  const errors = [result.error, ...result.items.map((item) => item.error)];
  const texts = errors.flatMap((error) => (error === null ? [] : [error.text]));
  return [...new Set(texts)].map((text) => `  ${terminal.paint('red', printable(text))}`);
}

function problemLines(problems: readonly LogLine[]): readonly string[] {
  return problems.map(({ subject, text }) =>
    subject === null ? printable(text) : `${printable(subject)}: ${printable(text)}`,
  );
}

function conflictLines(conflicts: readonly string[], terminal: Terminal): readonly string[] {
  if (conflicts.length === 0) return [];
  return [
    ...list(
      'yellow',
      'Changed on both sides, waiting for your decision',
      conflicts.map(printable),
      terminal,
    ),
    `  See and settle them with: ${terminal.paint('cyan', 'syncmgr conflicts')}`,
  ];
}

function list(
  style: 'red' | 'yellow',
  what: string,
  lines: readonly string[],
  terminal: Terminal,
): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - shownMax;
  return [
    terminal.paint(style, `${what} (${lines.length}):`),
    ...lines.slice(0, shownMax).map((line) => `  ${line}`),
    ...(more > 0 ? [terminal.paint('dim', `  … and ${more} more (syncmgr log shows all)`)] : []),
  ];
}
