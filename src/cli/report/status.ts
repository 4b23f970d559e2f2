// The state of everything on one screen: first what runs, then what waits for a person, then items.
import type {
  AboutShape,
  ConflictShape,
  FreshnessShape,
  ItemShape,
  PlanShape,
  RunningShape,
} from '../../api/shapes.ts';
import { printable } from '../../stdx/printable.ts';
import { counted, formatCount, formatDuration, formatSize } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { moment } from './ago.ts';
import { total } from './core/counts.ts';
import { shareDone } from './core/frame.ts';
import { phaseWords } from './core/words.ts';
import { itemLines } from './items.ts';
import { shortHash } from './plan.ts';

export interface StatusInput {
  readonly about: AboutShape;
  readonly freshness: readonly FreshnessShape[];
  readonly running: readonly RunningShape[];
  readonly items: readonly ItemShape[];
  readonly plans: readonly PlanShape[];
  readonly conflicts: readonly ConflictShape[];
}

export function statusLines(input: StatusInput, terminal: Terminal): readonly string[] {
  const sections = [
    troubleLines(input, terminal),
    runningLines(input.running, terminal),
    waitingLines(input, terminal),
    input.items.length === 0
      ? ['Nothing is kept yet. Begin with: syncmgr add NAME LEFT RIGHT']
      : itemLines(input.items, terminal),
    startLines(input.freshness, terminal),
  ].filter((lines) => lines.length > 0);
  return sections.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

/** What is wrong with the manager itself comes before everything. */
function troubleLines({ about: { service } }: StatusInput, terminal: Terminal): readonly string[] {
  if (service === null) return [];
  const broken = service.problems.filter(({ level }) => level === 'error');
  const mark = terminal.paint('red', '✖');
  return [
    ...(service.safeMode === null
      ? []
      : [
          `${mark} Safe mode: nothing runs by itself. ${printable(service.safeMode)}`,
          '    When it is mended: syncmgr down, and syncmgr up again.',
        ]),
    ...broken.map(({ file, line, key, text }) => {
      const place = `${file}:${line ?? 1}: ${key === null ? '' : `${key}: `}`;
      return `${mark} ${printable(place + text)} What was loaded last stays in force.`;
    }),
  ];
}

/** Only of those that there is something to say about. */
function startLines(all: readonly FreshnessShape[], terminal: Terminal): readonly string[] {
  return all.flatMap(({ partnership, staleSince, missedRuns, nextRunAt, heldBy }) => {
    const name = printable(partnership.name);
    const missed = missedRuns > 0 ? `, ${counted(missedRuns, 'run')} missed` : '';
    const stale = staleSince === null ? '' : `stale since ${moment(staleSince)}${missed}`;
    const next = nextRunAt === null ? '' : `next run ${moment(nextRunAt)}`;
    const held = heldBy === null ? '' : `held back: ${printable(heldBy)}`;
    const facts = [stale, next, held].filter((text) => text !== '');
    if (facts.length === 0) return [];
    const mark = stale === '' ? terminal.paint('dim', '·') : terminal.paint('red', '!');
    return [`${mark} ${name}: ${facts.join('; ')}`];
  });
}

function runningLines(running: readonly RunningShape[], terminal: Terminal): readonly string[] {
  if (running.length === 0) return [terminal.paint('dim', 'Nothing is being synchronized now.')];
  return running.flatMap((session) => {
    const ran = formatDuration(terminal.now() - Date.parse(session.startedAt));
    const where = session.process === null ? '' : ` in process ${session.process}`;
    const name = terminal.paint('bold', printable(session.partnership.name));
    const head = `${terminal.paint('cyan', '⟳')} ${name}  ${phaseWords[session.phase]} (for ${ran}${where})`;
    return [head, ...session.items.filter(({ max }) => max > 0).map(progressLine)];
  });
}

function progressLine(progress: RunningShape['items'][number]): string {
  const share = `${Math.floor(shareDone(progress) * 100)} %`;
  const entries = `${formatCount(progress.value)} of ${counted(progress.max, 'entry', 'entries')}`;
  const bytes =
    progress.bytesMax > 0
      ? `  ${formatSize(progress.bytes)} of ${formatSize(progress.bytesMax)}`
      : '';
  return `    ${printable(progress.name)}  ${share}  ${entries}${bytes}`;
}

function waitingLines({ plans, conflicts }: StatusInput, terminal: Terminal): readonly string[] {
  const lines = plans.flatMap((plan) => {
    const reasons = plan.halts.map((halt) => `    ${printable(halt.text)}`);
    const command = terminal.paint('cyan', `syncmgr approve ${shortHash(plan.hash)}`);
    const what = counted(total(plan.counts), 'change');
    return [
      `${terminal.paint('yellow', '!')} ${printable(plan.partnership.name)}: ${what} wait for approval: ${command}`,
      ...reasons,
    ];
  });
  if (conflicts.length > 0) {
    const what = counted(conflicts.length, 'conflict waits', 'conflicts wait');
    const command = terminal.paint('cyan', 'syncmgr conflicts');
    lines.push(`${terminal.paint('yellow', '!')} ${what} for your decision: ${command}`);
  }
  return lines;
}
