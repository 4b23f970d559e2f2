// One picture of what is going on: for each running item a line with bar and figures, and the path
// being worked on under it. Pure: the live report asks for it ten times a second.

import type { ProgressShape } from '../../../api/shapes.ts';
import type { Phase } from '../../../model/session.ts';
import { counted, formatCount, formatDuration, formatSize } from '../../../stdx/quantity.ts';
import { type Pace, timeLeft } from './pace.ts';
import { cut, cutMiddle, padded, width } from './text.ts';

export type Paint = (
  style: 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan',
  text: string,
) => string;

export interface Shown {
  readonly name: string;
  readonly phase: Phase;
  readonly progress: ProgressShape | null;
  readonly pace: Pace | null;
}

export interface FrameInput {
  readonly shown: readonly Shown[];
  readonly columns: number;
  /** Counts up with each frame. */
  readonly tick: number;
  readonly elapsedMs: number;
  readonly stopping: boolean;
  readonly paint: Paint;
}

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const barWidth = 28;
const itemsMax = 8;

const phaseText: Partial<Record<Phase, string>> = {
  opening: 'Opening',
  choosing: 'Waiting for the choice',
  preparing: 'Looking at both sides',
  prepared: 'Planned',
  'awaiting-approval': 'Waiting for your approval',
  synchronizing: 'Synchronizing',
  paused: 'Paused',
  stopping: 'Stopping',
};

export function frame(input: FrameInput): readonly string[] {
  const { shown, columns, paint } = input;
  const nameWidth = shown.length < 2 ? 0 : Math.min(24, Math.max(...shown.map(nameLength)));
  const lines = shown.slice(0, itemsMax).flatMap((one) => itemLines(one, nameWidth, input));
  const more = shown.length - itemsMax;
  if (more > 0) lines.push(paint('dim', `  … and ${counted(more, 'more item')}`));
  if (input.stopping) {
    const text = 'Stopping cleanly. Press Ctrl-C again to leave at once.';
    lines.push(paint('yellow', cut(text, columns)));
  }
  return lines;
}

const nameLength = (one: Shown) => one.name.length;

function itemLines(one: Shown, nameWidth: number, input: FrameInput): string[] {
  const { columns, paint, tick } = input;
  const turn = paint('cyan', spinner[tick % spinner.length] ?? '');
  const name =
    nameWidth === 0 ? '' : `${paint('bold', padded(cut(one.name, nameWidth), nameWidth))} `;
  const room = columns - 2 - (nameWidth === 0 ? 0 : nameWidth + 1);
  const progress = one.progress;
  const known = progress !== null && progress.max > 0 && one.phase === 'synchronizing';
  const figures = known ? measured(one, progress, room, paint) : counting(one, input, room);
  const path = progress === null || progress.text === '' ? '' : progress.text;
  const below = `  ${paint('dim', cutMiddle(path, Math.max(10, columns - 3)))}`;
  return [`${turn} ${name}${figures}`, below];
}

function counting(one: Shown, input: FrameInput, room: number): string {
  const seen = one.progress?.value ?? 0;
  const text = phaseText[one.phase] ?? one.phase;
  const count = seen > 0 ? `  ${counted(seen, 'entry', 'entries')}` : '';
  return cut(`${text}${count}  ${formatDuration(input.elapsedMs)}`, room);
}

function measured(one: Shown, progress: ProgressShape, room: number, paint: Paint): string {
  const { value, max, bytes, bytesMax } = progress;
  const share = shareDone(progress);
  const left = timeLeft(one.pace, { entries: max - value, bytes: bytesMax - bytes });
  const figures: readonly Figure[] = [
    { rank: 0, text: `${String(Math.floor(share * 100)).padStart(3)} %` },
    { rank: 3, text: bytesMax > 0 ? `${formatSize(bytes)} of ${formatSize(bytesMax)}` : '' },
    { rank: 4, text: `${formatCount(value)} of ${counted(max, 'entry', 'entries')}` },
    {
      rank: 2,
      text: one.pace !== null && bytesMax > 0 ? `${formatSize(one.pace.bytesPerSecond)}/s` : '',
    },
    { rank: 1, text: left === null || share >= 1 ? '' : `${formatDuration(left)} left` },
  ];
  const barColumns = Math.min(barWidth, Math.max(8, room - 60));
  return `${bar(share, barColumns, paint)} ${fitting(figures, room - barColumns - 1)}`;
}

interface Figure {
  /** The higher, the sooner it is left out of a narrow line. */
  readonly rank: number;
  readonly text: string;
}

function fitting(figures: readonly Figure[], room: number): string {
  const said = figures.filter(({ text }) => text !== '');
  for (let rank = 4; rank >= 0; rank -= 1) {
    const line = said
      .filter((figure) => figure.rank <= rank)
      .map(({ text }) => text)
      .join('  ');
    if (width(line) <= room) return line;
  }
  return '';
}

/** 0 to 1: by bytes where there are any, else by entries; never 1 before all is done. */
export function shareDone({ value, max, bytes, bytesMax }: ProgressShape): number {
  const byEntries = max > 0 ? value / max : 0;
  // Each entry costs something beside its bytes, so neither measure alone moves evenly.
  const share = bytesMax > 0 ? 0.8 * (bytes / bytesMax) + 0.2 * byEntries : byEntries;
  return Math.min(value < max ? 0.99 : 1, Math.max(0, share));
}

function bar(share: number, width: number, paint: Paint): string {
  const full = Math.round(share * width);
  return paint('green', '━'.repeat(full)) + paint('dim', '─'.repeat(width - full));
}
