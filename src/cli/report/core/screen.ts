// The live view as lines, from what is known: what runs with its bars, how each item stands, the keys.
// And what has to be written so that an old picture becomes a new one: only the lines that differ.
import type {
  FreshnessShape,
  ItemShape,
  ProgressShape,
  RunningShape,
} from '../../../api/shapes.ts';
import { isEnding } from '../../../model/session.ts';
import { printable } from '../../../stdx/printable.ts';
import { counted, formatSize } from '../../../stdx/quantity.ts';
import { type Paint, shareDone } from './frame.ts';
import { cut, padded } from './text.ts';
import { phaseWords } from './words.ts';

export interface Scene {
  readonly items: readonly ItemShape[];
  readonly running: readonly RunningShape[];
  readonly freshness: readonly FreshnessShape[];
  /** The newest of each running item, by session and item. */
  readonly progress: ReadonlyMap<string, ProgressShape>;
  readonly chosen: number;
  /** The answer to the last key, or what is wrong. */
  readonly note: string;
  /** How a moment is said: how long ago, or when. */
  ago(instant: string): string;
  moment(instant: string): string;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const nameWidth = 24;
const barWidth = 20;
const keys = '↑↓ choose   s skip   x stop   p pause or resume   r run   q quit';

export function screenLines(
  scene: Scene,
  { columns, rows }: Size,
  paint: Paint,
): readonly string[] {
  const { items, running, chosen } = scene;
  const room = Math.max(1, rows - 4);
  const first = Math.max(0, Math.min(chosen - Math.floor(room / 2), items.length - room));
  const shown = items.slice(first, first + room);
  const head = `${counted(items.length, 'item')}, ${counted(running.length, 'session')} running`;
  const lines = shown.map((item, at) => {
    const text = cut(itemLine(scene, item), Math.max(10, columns - 3));
    const isChosen = first + at === chosen;
    return isChosen ? paint('cyan', `▸ ${text}`) : `  ${text}`;
  });
  const more = items.length - shown.length;
  return [
    `${paint('bold', 'syncmgr')}  ${cut(head, Math.max(10, columns - 10))}`,
    ...(items.length === 0 ? ['  Nothing is kept yet: syncmgr add NAME LEFT RIGHT'] : lines),
    more > 0 ? paint('dim', `  … ${counted(more, 'more item')}`) : '',
    paint('yellow', cut(printable(scene.note), columns)),
    paint('dim', cut(keys, columns)),
  ];
}

function itemLine(scene: Scene, item: ItemShape): string {
  const own = item.name === '' ? item.item : item.name;
  const { name: kept } = item.partnership;
  const name = padded(cut(printable(own === kept ? own : `${kept}/${own}`), nameWidth), nameWidth);
  const session = scene.running.find(({ partnership }) => partnership.id === item.partnership.id);
  if (session === undefined) return `${name}  ${resting(scene, item)}`;
  const progress = scene.progress.get(`${session.session} ${item.item}`);
  if (progress === undefined || progress.max <= 0) return `${name}  ${phaseWords[session.phase]}`;
  return `${name}  ${measured(progress)}`;
}

function measured(progress: ProgressShape): string {
  const share = Math.min(1, shareDone(progress));
  const full = Math.round(share * barWidth);
  const bar = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const { bytes, bytesMax, text } = progress;
  const size = bytesMax > 0 ? `  ${formatSize(bytes)} of ${formatSize(bytesMax)}` : '';
  return `${bar} ${percent}${size}  ${printable(text)}`;
}

function resting({ freshness, ago, moment }: Scene, item: ItemShape): string {
  const fresh = freshness.find(({ partnership }) => partnership.id === item.partnership.id);
  const last = item.last === null ? 'never ran' : phaseWords[item.last];
  const facts = [
    item.enabled ? last : 'disabled',
    fresh?.lastSuccessAt ? `succeeded ${ago(fresh.lastSuccessAt)}` : '',
    fresh?.staleSince ? 'STALE' : '',
    fresh?.nextRunAt ? `next ${moment(fresh.nextRunAt)}` : '',
    item.openConflicts > 0 ? counted(item.openConflicts, 'conflict') : '',
    item.last !== null && !isEnding(item.last) ? '' : (fresh?.heldBy ?? ''),
  ];
  return facts.filter((text) => text !== '').join(', ');
}

/** Writes only what differs; a screen that was not drawn yet is empty. */
export function redraw(before: readonly string[], after: readonly string[]): string {
  const count = Math.max(before.length, after.length);
  let text = '';
  for (let row = 0; row < count; row += 1) {
    const line = after[row] ?? '';
    if (line !== before[row]) text += `\x1b[${row + 1};1H${line}\x1b[K`;
  }
  return text;
}
